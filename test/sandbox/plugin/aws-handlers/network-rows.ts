import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSubnetsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReplaceRouteCommand,
  ReplaceRouteTableAssociationCommand,
} from "@aws-sdk/client-ec2";
import type { Properties } from "../../../../sandbox/plugin/handler";
import type { HandlerRow, World } from "./row";

const tags = { Name: "web", Tier: "public" };

/** A network of its own for each row. */
export const aVpc = async (world: World): Promise<string> =>
  (await world.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.20.0.0/16", instanceTenancy: "default" })).id;

/** A subnet in one of the region's zones. */
export const aSubnet = async (world: World, vpcId: string, zone: "a" | "b" | "c" = "a"): Promise<string> => {
  const cidrBlock = `10.20.${"abc".indexOf(zone)}.0/24`;
  return (await world.make("aws:ec2/subnet:Subnet", { vpcId, cidrBlock, availabilityZone: `${world.region}${zone}` }))
    .id;
};

/** A security group without rules. */
export const aSecurityGroup = async (world: World, vpcId: string): Promise<string> =>
  (await world.make("aws:ec2/securityGroup:SecurityGroup", { name: `group-${vpcId}`, description: "Members", vpcId }))
    .id;

const anInternetGateway = async (world: World, vpcId: string): Promise<string> =>
  (await world.make("aws:ec2/internetGateway:InternetGateway", { vpcId })).id;

const aRouteTable = async (world: World, vpcId: string): Promise<string> =>
  (await world.make("aws:ec2/routeTable:RouteTable", { vpcId })).id;

const ec2 = (world: World): EC2Client => world.client(EC2Client);

export const networkRows: readonly HandlerRow[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    inputs: async () => ({ cidrBlock: "10.10.0.0/16", enableDnsHostnames: true, tags }),
    change: { enableDnsHostnames: false, tags: { Name: "renamed" } },
    drift: {
      by: async ({ id }, world) => {
        await ec2(world).send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsSupport: { Value: false } }));
        await ec2(world).send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Owner", Value: "somebody" }] }));
      },
      shows: {
        enableDnsSupport: false,
        tags: { Name: "renamed", Owner: "somebody" },
        tagsAll: { Name: "renamed", Owner: "somebody", ManagedBy: "slipway" },
      },
    },
    computed: {
      id: /^vpc-[0-9a-f]+$/,
      arn: /^arn:aws:ec2:eu-central-1:\d{12}:vpc\/vpc-/,
      mainRouteTableId: /^rtb-/,
      defaultSecurityGroupId: /^sg-/,
      defaultNetworkAclId: /^acl-/,
      region: /^eu-central-1$/,
    },
  },
  {
    type: "aws:ec2/subnet:Subnet",
    inputs: async (world) => ({
      vpcId: await aVpc(world),
      cidrBlock: "10.20.8.0/24",
      availabilityZone: "eu-central-1b",
      tags,
    }),
    change: { mapPublicIpOnLaunch: true },
    drift: {
      by: ({ id }, world) =>
        ec2(world).send(new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: false } })),
      shows: { mapPublicIpOnLaunch: false },
    },
    computed: { id: /^subnet-[0-9a-f]+$/, arn: /:subnet\/subnet-/, availabilityZoneId: /^euc1-az\d$/ },
  },
  {
    type: "aws:ec2/internetGateway:InternetGateway",
    inputs: async (world) => ({ vpcId: await aVpc(world), tags }),
    change: { tags: { Name: "renamed" } },
    drift: {
      by: ({ id, outputs }, world) =>
        ec2(world).send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: String(outputs["vpcId"]) })),
      shows: { vpcId: undefined },
    },
    computed: { id: /^igw-[0-9a-f]+$/, arn: /:internet-gateway\/igw-/ },
  },
  {
    type: "aws:ec2/natGateway:NatGateway",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      await anInternetGateway(world, vpcId);
      const { id: allocationId } = await world.make("aws:ec2/eip:Eip", { domain: "vpc" });
      return { subnetId: await aSubnet(world, vpcId), allocationId, tags };
    },
    change: { tags: { Name: "renamed", Zone: "a" } },
    drift: {
      by: ({ id }, world) => ec2(world).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Zone" }] })),
      shows: { tags: { Name: "renamed" } },
    },
    computed: { id: /^nat-[0-9a-f]+$/, publicIp: /^[\d.]+$/, networkInterfaceId: /^eni-/ },
  },
  {
    type: "aws:ec2/eip:Eip",
    inputs: async () => ({ domain: "vpc", tags }),
    change: { tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) => ec2(world).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Name" }] })),
      shows: { tags: undefined, tagsAll: { ManagedBy: "slipway" } },
    },
    computed: { id: /^eipalloc-[0-9a-f]+$/, publicIp: /^[\d.]+$/, publicDns: /^ec2-[\d-]+\.eu-central-1/ },
  },
  {
    type: "aws:ec2/routeTable:RouteTable",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      return { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: await anInternetGateway(world, vpcId) }], tags };
    },
    change: { routes: [] },
    drift: {
      by: ({ id }, world) => ec2(world).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Name" }] })),
      shows: { tags: { Tier: "public" } },
    },
    computed: { id: /^rtb-[0-9a-f]+$/, arn: /:route-table\/rtb-/ },
  },
  {
    type: "aws:ec2/route:Route",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      const gatewayId = await anInternetGateway(world, vpcId);
      return { routeTableId: await aRouteTable(world, vpcId), destinationCidrBlock: "0.0.0.0/0", gatewayId };
    },
    change: async (world) => {
      const vpcId = await aVpc(world);
      await anInternetGateway(world, vpcId);
      const { id: allocationId } = await world.make("aws:ec2/eip:Eip", { domain: "vpc" });
      const natInputs = { subnetId: await aSubnet(world, vpcId), allocationId };
      return { gatewayId: undefined, natGatewayId: (await world.make("aws:ec2/natGateway:NatGateway", natInputs)).id };
    },
    drift: {
      by: async ({ outputs }, world) => {
        const [RouteTableId, GatewayId] = [
          String(outputs["routeTableId"]),
          await anInternetGateway(world, await aVpc(world)),
        ];
        drifted.gateway = { gatewayId: GatewayId, natGatewayId: undefined };
        const route = { RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId };
        await ec2(world).send(new ReplaceRouteCommand(route));
      },
      get shows() {
        return drifted.gateway;
      },
    },
    computed: { id: /^r-rtb-[0-9a-f]+\d+$/, state: /^active$/, origin: /^CreateRoute$/ },
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      return { subnetId: await aSubnet(world, vpcId), routeTableId: await aRouteTable(world, vpcId) };
    },
    drift: {
      by: async ({ id, outputs }, world) => {
        const VpcId = await vpcOfSubnet(String(outputs["subnetId"]), world);
        const RouteTableId = await aRouteTable(world, VpcId);
        drifted.table = { routeTableId: RouteTableId };
        await ec2(world).send(new ReplaceRouteTableAssociationCommand({ AssociationId: id, RouteTableId }));
      },
      get shows() {
        return drifted.table;
      },
    },
    computed: { id: /^rtbassoc-[0-9a-f]+$/ },
  },
  {
    type: "aws:ec2/flowLog:FlowLog",
    inputs: async (world) => {
      const group = await world.make("aws:cloudwatch/logGroup:LogGroup", { name: "/vpc/flow" });
      const role = await world.make("aws:iam/role:Role", { name: "flow-logs", assumeRolePolicy: "{}", path: "/" });
      return {
        vpcId: await aVpc(world),
        trafficType: "ALL",
        logDestination: group.outputs["arn"],
        iamRoleArn: role.outputs["arn"],
        tags,
      };
    },
    change: { tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) => ec2(world).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Name" }] })),
      shows: { tags: undefined },
    },
    computed: { id: /^fl-[0-9a-f]+$/, arn: /:vpc-flow-log\/fl-/ },
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      return {
        vpcId,
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-central-1.s3",
        routeTableIds: [await aRouteTable(world, vpcId)],
        tags,
      };
    },
    change: { routeTableIds: [] },
    drift: {
      by: async ({ id, outputs }, world) => {
        const table = await aRouteTable(world, String(outputs["vpcId"]));
        drifted.endpoint = { routeTableIds: [table] };
        await ec2(world).send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, AddRouteTableIds: [table] }));
      },
      get shows() {
        return drifted.endpoint;
      },
    },
    computed: { id: /^vpce-[0-9a-f]+$/, prefixListId: /^pl-/, state: /^available$/ },
  },
];

/** What was changed behind the program's back; its ids are known only while the row runs. */
const drifted: Record<"gateway" | "table" | "endpoint", Properties> = { gateway: {}, table: {}, endpoint: {} };

async function vpcOfSubnet(id: string, world: World): Promise<string> {
  const { Subnets } = await ec2(world).send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0]?.VpcId ?? "";
}
