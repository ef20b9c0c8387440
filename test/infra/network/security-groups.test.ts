import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SecurityGroups, type SecurityGroupsArgs } from "../../../infra/network/security-groups";
import { recordResources, resourceNamed, resourcesOf, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const config = stackConfig({
  loadBalancer: { scheme: "internet-facing", http: "forward" },
  database: { instanceClass: "db.t3.micro", name: "shop", username: "shop" },
  services: {
    api: {
      containers: {
        web: { image: { repository: "shop" }, port: 8080, loadBalancer: { healthCheck: { path: "/" } } },
      },
    },
  },
});

const make = (args: Partial<SecurityGroupsArgs> = {}): SecurityGroups =>
  new SecurityGroups("groups", {
    vpcId: "vpc-1",
    vpcCidr: "10.0.0.0/16",
    network: config.network,
    loadBalancer: config.loadBalancer,
    services: config.services,
    database: config.database,
    ...args,
  });

const rule = (securityGroupId: string, description: string, port: number, peer: object): object => ({
  securityGroupId,
  description,
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  ...peer,
});

describe("SecurityGroups", () => {
  it("makes one group each, without rules inside, and every rule by itself", async () => {
    const resources = await recordResources();

    make();
    await settled();

    const made = Object.fromEntries(resources.map(({ name, inputs }) => [name, inputs]));
    expect(made).to.deep.equal({
      groups: {},
      "groups-load-balancer": { description: "Load balancer", vpcId: "vpc-1" },
      "groups-services": { description: "ECS services", vpcId: "vpc-1" },
      "groups-database": { description: "Database", vpcId: "vpc-1" },
      "groups-load-balancer-from-internet-80": rule("groups-load-balancer-id", "Clients to the listener", 80, {
        cidrIpv4: "0.0.0.0/0",
      }),
      "groups-load-balancer-to-services-8080": rule("groups-load-balancer-id", "Load balancer to its targets", 8080, {
        referencedSecurityGroupId: "groups-services-id",
      }),
      "groups-services-from-load-balancer-8080": rule("groups-services-id", "Load balancer to its targets", 8080, {
        referencedSecurityGroupId: "groups-load-balancer-id",
      }),
      "groups-services-to-internet-443": rule("groups-services-id", "Registries, AWS APIs and other APIs", 443, {
        cidrIpv4: "0.0.0.0/0",
      }),
      "groups-database-from-services-5432": rule("groups-database-id", "Services to the database", 5432, {
        referencedSecurityGroupId: "groups-services-id",
      }),
      "groups-services-to-database-5432": rule("groups-services-id", "Services to the database", 5432, {
        referencedSecurityGroupId: "groups-database-id",
      }),
    });
    expect([...new Set(resources.slice(1).map(({ parent }) => parent))]).to.deep.equal(["groups"]);
  });

  it("gives ingress and egress rules their own types", async () => {
    const resources = await recordResources();
    make();
    await settled();
    const namesOf = (type: string) => resourcesOf(resources, type).map(({ name }) => name);
    expect(
      namesOf("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").every((n) => n.includes("-from-")),
    ).to.equal(true);
    expect(
      namesOf("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").every((n) => n.includes("-to-")),
    ).to.equal(true);
  });

  it("makes only the services' group when there is neither load balancer nor database", async () => {
    const resources = await recordResources();

    const groups = make({ loadBalancer: undefined, database: undefined });
    await settled();

    expect(resources.map(({ name }) => name)).to.deep.equal([
      "groups",
      "groups-services",
      "groups-services-to-internet-443",
    ]);
    expect([groups.loadBalancerId, groups.databaseId]).to.deep.equal([undefined, undefined]);
    expect(await valueOf(groups.servicesId)).to.equal("groups-services-id");
  });

  it("hands on the ids of the groups", async () => {
    await recordResources();
    const { loadBalancerId, servicesId, databaseId } = make();
    expect(await valueOf(pulumi.all({ loadBalancerId, servicesId, databaseId }))).to.deep.equal({
      loadBalancerId: "groups-load-balancer-id",
      servicesId: "groups-services-id",
      databaseId: "groups-database-id",
    });
  });

  it("names rules for addresses after the addresses, and rules for the VPC after nothing that can change", async () => {
    const resources = await recordResources();

    const { loadBalancer } = stackConfig({
      loadBalancer: { scheme: "internal", http: "forward", allowedCidrs: ["10.1.0.0/16"] },
    });
    make({
      loadBalancer,
      network: stackConfig({ network: { mode: "create", nat: "none" } }).network,
      s3PrefixListId: "pl-1",
    });
    await settled();

    const peer = (name: string) => {
      const { cidrIpv4, prefixListId } = resourceNamed(resources, name).inputs;
      return cidrIpv4 ?? prefixListId;
    };
    expect([
      peer("groups-load-balancer-from-10.1.0.0-16-80"),
      peer("groups-services-to-vpc-443"),
      peer("groups-services-to-s3-443"),
    ]).to.deep.equal(["10.1.0.0/16", "10.0.0.0/16", "pl-1"]);
  });
});
