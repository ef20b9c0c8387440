import { expect } from "chai";
import type { NetworkConfig } from "../../../infra/config/schema";
import { makeNames } from "../../../infra/naming";
import { Network } from "../../../infra/network/network";
import {
  dependenciesOf,
  recordResources,
  resourceNamed,
  resourcesOf,
  settled,
  valueOf,
} from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const networkConfig = (network: Readonly<Record<string, unknown>>): NetworkConfig => stackConfig({ network }).network;

const bare = { mode: "create", cidr: "10.10.0.0/16", flowLogs: { enabled: false }, s3Endpoint: false };

const make = (network: Readonly<Record<string, unknown>>): Network =>
  new Network("network", {
    names: makeNames(stackConfig(), "shop-staging-20261121-120000"),
    accountId: "686831565523",
    config: networkConfig(network),
    logRetentionDays: 30,
    region: "eu-central-1",
  });

const outputsOf = async (network: Network) => ({
  vpcId: await valueOf(network.vpcId),
  vpcCidr: await valueOf(network.vpcCidr),
  publicSubnetIds: await valueOf(network.publicSubnetIds),
  privateSubnetIds: await valueOf(network.privateSubnetIds),
  databaseSubnetIds: await valueOf(network.databaseSubnetIds),
});

describe("Network", () => {
  it("makes nothing but the VPC when every switch is off", async () => {
    const resources = await recordResources();

    make(bare);
    await settled();

    expect(resources.map(({ type, name, parent }) => [type, name, parent])).to.deep.equal([
      ["slipway:network:Network", "network", undefined],
      ["awsx:ec2:Vpc", "network-vpc", "network"],
    ]);
  });

  it("gives the VPC the environment's name and three tiers with fixed blocks in each zone", async () => {
    const resources = await recordResources();

    make({ ...bare, zones: 2, nat: "single" });
    await settled();

    expect(resourceNamed(resources, "network-vpc").inputs).to.deep.equal({
      cidrBlock: "10.10.0.0/16",
      numberOfAvailabilityZones: 2,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      natGateways: { strategy: "Single" },
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", name: "public", cidrBlocks: ["10.10.16.0/21", "10.10.48.0/21"] },
        { type: "Private", name: "private", cidrBlocks: ["10.10.0.0/20", "10.10.32.0/20"] },
        { type: "Isolated", name: "database", cidrBlocks: ["10.10.24.0/21", "10.10.56.0/21"] },
      ],
      tags: { Name: "shop-staging-20261121-120000" },
    });
  });

  for (const [nat, strategy] of Object.entries({ none: "None", single: "Single", perZone: "OnePerAz" })) {
    it(`turns nat: ${nat} into the strategy ${strategy}`, async () => {
      const resources = await recordResources();
      make({ ...bare, nat });
      await settled();
      expect(resourceNamed(resources, "network-vpc").inputs["natGateways"]).to.deep.equal({ strategy });
    });
  }

  it("hands on the ids of the tiers, the isolated one as the database's", async () => {
    await recordResources();

    expect(await outputsOf(make(bare))).to.deep.equal({
      vpcId: "vpc-network-vpc",
      vpcCidr: "10.10.0.0/16",
      publicSubnetIds: ["subnet-network-vpc-public-1", "subnet-network-vpc-public-2"],
      privateSubnetIds: ["subnet-network-vpc-private-1", "subnet-network-vpc-private-2"],
      databaseSubnetIds: ["subnet-network-vpc-isolated-1", "subnet-network-vpc-isolated-2"],
    });
  });

  it("uses the configuration's own blocks", async () => {
    const resources = await recordResources();

    make({
      ...bare,
      zones: 1,
      subnets: { public: ["10.10.1.0/24"], private: ["10.10.2.0/24"], database: ["10.10.3.0/24"] },
    });
    await settled();

    expect(resourceNamed(resources, "network-vpc").inputs["subnetSpecs"]).to.deep.equal([
      { type: "Public", name: "public", cidrBlocks: ["10.10.1.0/24"] },
      { type: "Private", name: "private", cidrBlocks: ["10.10.2.0/24"] },
      { type: "Isolated", name: "database", cidrBlocks: ["10.10.3.0/24"] },
    ]);
  });

  it("refuses blocks that AWS would refuse, before anything is made", async () => {
    const resources = await recordResources();

    expect(() => make({ ...bare, cidr: "10.10.0.0/26", zones: 2 })).to.throw(
      "slipway:network.cidr: 10.10.0.0/26 has no room for three subnets in each of 2 zones. " +
        "Use fewer zones, or a block of /25 or larger (a smaller figure after the slash).",
    );
    await settled();
    expect(resources.filter(({ custom }) => custom)).to.deep.equal([]);
  });

  it("writes flow logs by a role that may write to their log group only", async () => {
    const resources = await recordResources();

    make({ ...bare, flowLogs: { traffic: "REJECT" } });
    await settled();

    const groupArn = "arn:aws:logs:eu-central-1:686831565523:log-group:network-flow-logs";
    const made = resources.filter(({ name }) => name.startsWith("network-flow-logs"));
    expect(made.map(({ type, name, parent, inputs }) => ({ type, name, parent, inputs }))).to.have.deep.members([
      {
        type: "aws:cloudwatch/logGroup:LogGroup",
        name: "network-flow-logs",
        parent: "network",
        inputs: { retentionInDays: 30 },
      },
      {
        type: "aws:iam/role:Role",
        name: "network-flow-logs-role",
        parent: "network",
        inputs: {
          description: "Writes VPC flow logs",
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                Condition: { StringEquals: { "aws:SourceAccount": "686831565523" } },
              },
            ],
          }),
        },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "network-flow-logs-policy",
        parent: "network",
        inputs: {
          role: "network-flow-logs-role-id",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resource: [groupArn, `${groupArn}:*`],
              },
              { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
            ],
          }),
        },
      },
      {
        type: "aws:ec2/flowLog:FlowLog",
        name: "network-flow-logs",
        parent: "network",
        inputs: {
          vpcId: "vpc-network-vpc",
          trafficType: "REJECT",
          logDestinationType: "cloud-watch-logs",
          logDestination: groupArn,
          iamRoleArn: "arn:aws:iam::686831565523:role/network-flow-logs-role",
        },
      },
    ]);
  });

  it("starts flow logs only when their role may write", async () => {
    const resources = await recordResources();
    make({ ...bare, flowLogs: {} });
    await settled();
    const [flowLog] = resourcesOf(resources, "aws:ec2/flowLog:FlowLog");
    expect(flowLog && dependenciesOf(flowLog)).to.include("network-flow-logs-policy");
  });

  it("keeps flow logs as long as they are told, and not as long as the others", async () => {
    const resources = await recordResources();
    make({ ...bare, flowLogs: { retentionDays: 7 } });
    await settled();
    const groups = resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    expect(groups.map(({ inputs }) => inputs)).to.deep.equal([{ retentionInDays: 7 }]);
  });

  const adopted = {
    mode: "adopt",
    vpcId: "vpc-0bb3244ce543cf1c7",
    publicSubnetIds: ["subnet-079b49b42e74e9c18"],
    privateSubnetIds: ["subnet-06cf65ee07d9e764c", "subnet-0ff06adbfb57f35d2"],
  };

  it("adopts a VPC without making anything, and puts the database into the private subnets", async () => {
    const resources = await recordResources();

    expect(await outputsOf(make(adopted))).to.deep.equal({
      vpcId: "vpc-0bb3244ce543cf1c7",
      vpcCidr: "172.31.0.0/16",
      publicSubnetIds: adopted.publicSubnetIds,
      privateSubnetIds: adopted.privateSubnetIds,
      databaseSubnetIds: adopted.privateSubnetIds,
    });
    await settled();
    expect(resources.map(({ name }) => name)).to.deep.equal(["network"]);
  });

  it("puts the database into the tier of an adopted VPC that is meant for it", async () => {
    await recordResources();
    const databaseSubnetIds = ["subnet-0a", "subnet-0b"];
    expect((await outputsOf(make({ ...adopted, databaseSubnetIds }))).databaseSubnetIds).to.deep.equal(
      databaseSubnetIds,
    );
  });
});
