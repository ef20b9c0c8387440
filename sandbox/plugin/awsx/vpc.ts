import { ComponentResource } from "@pulumi/pulumi/resource";
import type { ComponentResourceOptions, CustomResourceOptions, Input, Inputs, Output, Resource } from "@pulumi/pulumi";
import { AwsResource } from "./aws-resource";
import { hasNatGateway, natStrategy, subnetLayout } from "./subnet-layout";
import type { NatStrategy, PlannedSubnet, SubnetSpec } from "./subnet-layout";

type Tags = Readonly<Record<string, Input<string>>>;

/** Arguments of the component that the sandbox obeys, the zones already looked up. */
export interface VpcArgs {
  readonly cidrBlock?: string;
  readonly zones: readonly string[];
  readonly natGateways?: { readonly strategy?: string; readonly elasticIpAllocationIds?: readonly Input<string>[] };
  readonly subnetSpecs?: readonly SubnetSpec[];
  readonly tags?: Tags;
  /** Handed to the VPC as they are. */
  readonly vpcSettings: Inputs;
}

/** An address whose allocation the NAT gateway needs. */
class Eip extends AwsResource {
  declare readonly allocationId: Output<string>;
}

/** The component `awsx:ec2:Vpc`: same children, names, parents, tags and outputs as the real one makes. */
export class Vpc extends ComponentResource {
  readonly outputs: Inputs;

  constructor(name: string, args: VpcArgs, opts: ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, opts);
    const planned = subnetLayout(name, args.zones, args.subnetSpecs);
    const strategy = natStrategy(args.natGateways?.strategy, planned);
    const sharedTags = { Name: name, ...args.tags };

    const vpc = new AwsResource(
      "aws:ec2/vpc:Vpc",
      name,
      { ...args.vpcSettings, cidrBlock: args.cidrBlock ?? "10.0.0.0/16", tags: sharedTags },
      { parent: this },
    );
    const gateway = new AwsResource(
      "aws:ec2/internetGateway:InternetGateway",
      name,
      { vpcId: vpc.id, tags: sharedTags },
      below(vpc),
    );
    const made: MadeSubnet[] = [];
    for (const plan of planned) {
      made.push(makeSubnet({ vpcName: name, vpc, gateway, args, strategy, sharedTags, earlier: [...made] }, plan));
    }

    this.outputs = {
      ...outputsOf(made, args.subnetSpecs ?? []),
      vpc,
      vpcId: vpc.id,
      internetGateway: gateway,
      vpcEndpoints: [],
    };
    // Nothing goes into the state, as with the real one; references there would also break every saved plan, since the
    // engine takes a reference to a resource that is yet to be made for a different one afterwards.
    this.registerOutputs();
  }
}

interface Surroundings {
  readonly vpcName: string;
  readonly vpc: AwsResource;
  readonly gateway: AwsResource;
  readonly args: VpcArgs;
  readonly strategy: NatStrategy;
  readonly sharedTags: Tags;
  readonly earlier: readonly MadeSubnet[];
}

interface MadeSubnet {
  readonly type: string;
  readonly subnet: AwsResource;
  readonly routeTable: AwsResource;
  readonly association: AwsResource;
  readonly route: AwsResource | undefined;
  readonly natGateway: AwsResource | undefined;
  readonly eip: Eip | undefined;
}

function makeSubnet(around: Surroundings, plan: PlannedSubnet): MadeSubnet {
  const { vpc, sharedTags } = around;
  const type = plan.type.toLowerCase();
  const ownTags = { Name: plan.name, SubnetType: plan.type };
  const subnet = new AwsResource(
    "aws:ec2/subnet:Subnet",
    plan.name,
    {
      vpcId: vpc.id,
      availabilityZone: plan.zone,
      mapPublicIpOnLaunch: type === "public",
      cidrBlock: plan.cidrBlock,
      assignIpv6AddressOnCreation: false,
      tags: { ...sharedTags, ...plan.tags, ...ownTags },
    },
    below(vpc),
  );
  const routeTable = new AwsResource(
    "aws:ec2/routeTable:RouteTable",
    plan.name,
    { vpcId: vpc.id, tags: { ...sharedTags, ...ownTags } },
    below(subnet),
  );
  const association = new AwsResource(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    plan.name,
    { routeTableId: routeTable.id, subnetId: subnet.id },
    below(routeTable),
  );
  const nat =
    type === "public" && hasNatGateway(around.strategy, plan.zoneIndex) ? makeNat(around, plan, subnet) : undefined;
  const target = routeTarget(around, type, plan.zoneIndex);
  const route =
    target === undefined
      ? undefined
      : new AwsResource(
          "aws:ec2/route:Route",
          plan.name,
          { routeTableId: routeTable.id, ...target, destinationCidrBlock: "0.0.0.0/0" },
          below(routeTable),
        );
  return { type, subnet, routeTable, association, route, natGateway: nat?.gateway, eip: nat?.eip };
}

function makeNat(
  { vpcName, args }: Surroundings,
  { zoneIndex }: PlannedSubnet,
  subnet: AwsResource,
): { readonly gateway: AwsResource; readonly eip: Eip | undefined } {
  const name = `${vpcName}-${zoneIndex + 1}`;
  const tags = { ...args.tags, Name: name };
  const given = args.natGateways?.elasticIpAllocationIds?.[zoneIndex];
  // An output is only filled in for a property that the resource was constructed with.
  const eip =
    given === undefined
      ? new Eip("aws:ec2/eip:Eip", name, { tags, allocationId: undefined }, below(subnet))
      : undefined;
  const inputs = { subnetId: subnet.id, allocationId: given ?? eip?.allocationId, tags };
  return { gateway: new AwsResource("aws:ec2/natGateway:NatGateway", name, inputs, below(subnet)), eip };
}

/** Public subnets reach the internet directly, private ones through a NAT gateway made before them, isolated ones not at all. */
function routeTarget(
  { gateway, strategy, earlier }: Surroundings,
  type: string,
  zoneIndex: number,
): Inputs | undefined {
  if (type === "public") return { gatewayId: gateway.id };
  if (type !== "private" || strategy === "none") return undefined;
  const gateways = earlier.flatMap(({ natGateway }) => (natGateway === undefined ? [] : [natGateway]));
  return { natGatewayId: gateways[strategy === "single" ? 0 : zoneIndex]?.id };
}

function below(parent: Resource): CustomResourceOptions {
  return { parent, dependsOn: [parent] };
}

function outputsOf(made: readonly MadeSubnet[], specs: readonly SubnetSpec[]): Inputs {
  const given = <T>(pick: (one: MadeSubnet) => T | undefined): T[] =>
    made.map(pick).filter((item) => item !== undefined);
  const ofType = (type: string): AwsResource[] => made.filter((one) => one.type === type).map(({ subnet }) => subnet);
  const ids = (type: string): Output<string>[] => ofType(type).map(({ id }) => id);
  return {
    subnets: given(({ subnet }) => subnet),
    publicSubnets: ofType("public"),
    privateSubnets: ofType("private"),
    isolatedSubnets: ofType("isolated"),
    publicSubnetIds: ids("public"),
    privateSubnetIds: ids("private"),
    isolatedSubnetIds: ids("isolated"),
    routeTables: given(({ routeTable }) => routeTable),
    routeTableAssociations: given(({ association }) => association),
    routes: given(({ route }) => route),
    natGateways: given(({ natGateway }) => natGateway),
    eips: given(({ eip }) => eip),
    subnetLayout: specs.map(({ type, name, cidrBlocks }) => ({ type, name, cidrBlocks })),
  };
}
