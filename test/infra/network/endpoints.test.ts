import { expect } from "chai";
import { makeNames } from "../../../infra/naming";
import { Network } from "../../../infra/network/network";
import { recordResources, resourceNamed, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const bare = { mode: "create", cidr: "10.10.0.0/16", flowLogs: { enabled: false }, s3Endpoint: false };

const make = (network: Readonly<Record<string, unknown>>): Network =>
  new Network("network", {
    names: makeNames(stackConfig(), "shop-staging"),
    accountId: "686831565523",
    config: stackConfig({ network }).network,
    logRetentionDays: 30,
    region: "eu-central-1",
  });

describe("VPC endpoints", () => {
  it("puts the S3 gateway into the route tables of all tiers", async () => {
    const resources = await recordResources();

    const network = make({ ...bare, s3Endpoint: true });
    await settled();

    expect(resourceNamed(resources, "network-endpoint-s3")).to.deep.include({
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      parent: "network",
      inputs: {
        vpcId: "vpc-network-vpc",
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-central-1.s3",
        routeTableIds: ["public", "private", "isolated"].flatMap((tier) =>
          [1, 2].map((zone) => `rtb-network-vpc-${tier}-${zone}`),
        ),
      },
    });
    expect(network.s3PrefixListId && (await valueOf(network.s3PrefixListId))).to.equal("pl-6ea54007");
  });

  it("makes interface endpoints in the private subnets, open to the VPC on 443", async () => {
    const resources = await recordResources();

    make({ ...bare, nat: "none", endpoints: ["ecr.api", "logs"] });
    await settled();

    const endpoint = (service: string) => ({
      name: `network-endpoint-${service}`,
      parent: "network",
      inputs: {
        vpcId: "vpc-network-vpc",
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.eu-central-1.${service}`,
        subnetIds: ["subnet-network-vpc-private-1", "subnet-network-vpc-private-2"],
        securityGroupIds: ["network-endpoints-id"],
        privateDnsEnabled: true,
      },
    });
    const made = resources.filter(({ name }) => name.startsWith("network-endpoint"));
    expect(made.map(({ name, parent, inputs }) => ({ name, parent, inputs }))).to.have.deep.members([
      {
        name: "network-endpoints",
        parent: "network",
        inputs: { description: "VPC endpoints", vpcId: "vpc-network-vpc" },
      },
      {
        name: "network-endpoints-from-vpc-443",
        parent: "network",
        inputs: {
          securityGroupId: "network-endpoints-id",
          description: "AWS APIs for everything in the VPC",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: "10.10.0.0/16",
        },
      },
      endpoint("ecr.api"),
      endpoint("logs"),
    ]);
  });
});
