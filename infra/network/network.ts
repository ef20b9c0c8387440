import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { NetworkConfig } from "../config/schema";
import type { Names } from "../naming";
import { subnetBlocks } from "./cidr";
import { makeInterfaceEndpoints, makeS3Endpoint } from "./endpoints";
import { makeFlowLogs } from "./flow-logs";
import { subnetFaults } from "./subnet-faults";

export interface NetworkArgs {
  readonly names: Names;
  /** Decides which children exist. */
  readonly config: NetworkConfig;
  readonly accountId: string;
  /** Retention of flow logs that have none of their own, in days. */
  readonly logRetentionDays: number;
  /** Region of the environment; part of the names of VPC endpoints. */
  readonly region: pulumi.Input<string>;
}

type CreateConfig = Extract<NetworkConfig, { mode: "create" }>;
type AdoptConfig = Extract<NetworkConfig, { mode: "adopt" }>;

interface Parts {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcCidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  readonly s3PrefixListId: pulumi.Output<string> | undefined;
}

/**
 * The VPC with public, private and database subnets in each zone: made, or adopted by ids.
 *
 * **Cost**: about $38 a month for each NAT gateway (eu-central-1), and $0.052 a GB through it.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcCidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** The private subnets when an adopted VPC has no tier of its own for databases. */
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  /** Addresses of S3, for security group rules; undefined without an S3 endpoint of ours. */
  readonly s3PrefixListId: pulumi.Output<string> | undefined;

  /** @throws pulumi.RunError when AWS would refuse the address blocks */
  constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:network:Network", name, {}, opts);
    const { config } = args;

    const parts = config.mode === "adopt" ? adopt(config, this) : create(name, { ...args, config }, this);

    this.vpcId = parts.vpcId;
    this.vpcCidr = parts.vpcCidr;
    this.publicSubnetIds = parts.publicSubnetIds;
    this.privateSubnetIds = parts.privateSubnetIds;
    this.databaseSubnetIds = parts.databaseSubnetIds;
    this.s3PrefixListId = parts.s3PrefixListId;
    this.registerOutputs({
      vpcId: this.vpcId,
      vpcCidr: this.vpcCidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
    });
  }
}

function adopt(config: AdoptConfig, parent: pulumi.Resource): Parts {
  return {
    vpcId: pulumi.output(config.vpcId),
    vpcCidr: aws.ec2.getVpcOutput({ id: config.vpcId }, { parent }).cidrBlock,
    publicSubnetIds: pulumi.output(config.publicSubnetIds),
    privateSubnetIds: pulumi.output(config.privateSubnetIds),
    databaseSubnetIds: pulumi.output(config.databaseSubnetIds ?? config.privateSubnetIds),
    s3PrefixListId: undefined,
  };
}

function create(name: string, args: NetworkArgs & { readonly config: CreateConfig }, parent: pulumi.Resource): Parts {
  const { names, config, region } = args;
  const vpc = makeVpc(name, names, config, parent);
  if (config.flowLogs.enabled) {
    const retentionDays = config.flowLogs.retentionDays ?? args.logRetentionDays;
    makeFlowLogs(
      `${name}-flow-logs`,
      { accountId: args.accountId, vpcId: vpc.vpcId, traffic: config.flowLogs.traffic, retentionDays },
      parent,
    );
  }
  const s3 = config.s3Endpoint
    ? makeS3Endpoint(name, { region, vpcId: vpc.vpcId, routeTableIds: routeTableIdsOf(vpc) }, parent)
    : undefined;
  makeInterfaceEndpoints(
    name,
    {
      services: config.endpoints,
      region,
      vpcId: vpc.vpcId,
      vpcCidr: config.cidr,
      subnetIds: vpc.privateSubnetIds,
    },
    parent,
  );
  return {
    vpcId: vpc.vpcId,
    vpcCidr: pulumi.output(config.cidr),
    publicSubnetIds: vpc.publicSubnetIds,
    privateSubnetIds: vpc.privateSubnetIds,
    databaseSubnetIds: vpc.isolatedSubnetIds,
    s3PrefixListId: s3?.prefixListId,
  };
}

const natStrategies = { none: "None", single: "Single", perZone: "OnePerAz" } as const satisfies Record<
  CreateConfig["nat"],
  string
>;

function makeVpc(
  name: string,
  names: Names,
  { cidr, zones, nat, subnets }: CreateConfig,
  parent: pulumi.Resource,
): awsx.Vpc {
  const faults = subnetFaults(cidr, zones, subnets);
  if (faults.length > 0)
    throw new pulumi.RunError(
      faults.map(({ at, message, remedy }) => `slipway:network.${at}: ${message} ${remedy}`).join("\n"),
    );
  const blocks = subnetBlocks(cidr, zones, subnets);
  return new awsx.Vpc(
    `${name}-vpc`,
    {
      cidrBlock: cidr,
      numberOfAvailabilityZones: zones,
      enableDnsSupport: true,
      // Private names of interface endpoints and of the database resolve only with both.
      enableDnsHostnames: true,
      natGateways: { strategy: natStrategies[nat] },
      // The blocks are given, so the strategy only keeps their order.
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", name: "public", cidrBlocks: [...blocks.public] },
        { type: "Private", name: "private", cidrBlocks: [...blocks.private] },
        { type: "Isolated", name: "database", cidrBlocks: [...blocks.database] },
      ],
      // The component's own name is the same in every environment, and the console shows nothing else.
      tags: { Name: names.stack },
    },
    { parent },
  );
}

/** All tiers: a table without the route sends its traffic to S3 through the NAT gateway, and the endpoint is free. */
const routeTableIdsOf = (vpc: awsx.Vpc): pulumi.Output<string[]> =>
  vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id)));
