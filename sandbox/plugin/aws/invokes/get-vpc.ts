import {
  DescribeRouteTablesCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { Invoke } from "../../handler";
import { regionalArn } from "../arn";
import { fromTagList } from "../tags";
import { type Filtered, theOnly, toFilters } from "./filters";

interface VpcArgs extends Filtered {
  readonly id?: string;
  readonly cidrBlock?: string;
  readonly default?: boolean;
  readonly state?: string;
}

/** `aws:ec2/getVpc:getVpc` */
export const getVpc: Invoke = async (properties, context) => {
  const args: VpcArgs = properties;
  const ec2 = context.client(EC2Client);
  const filters = [
    ...toFilters(args),
    ...(args.cidrBlock ? [{ Name: "cidr", Values: [args.cidrBlock] }] : []),
    ...(args.default === undefined ? [] : [{ Name: "isDefault", Values: [String(args.default)] }]),
    ...(args.state ? [{ Name: "state", Values: [args.state] }] : []),
  ];
  const { Vpcs } = await ec2.send(
    new DescribeVpcsCommand({
      ...(args.id ? { VpcIds: [args.id] } : {}),
      ...(filters.length > 0 ? { Filters: filters } : {}),
    }),
  );
  const found = theOnly(Vpcs, "EC2 VPC");
  const VpcId = found.VpcId ?? "";
  const main = [
    { Name: "vpc-id", Values: [VpcId] },
    { Name: "association.main", Values: ["true"] },
  ];
  const [support, hostnames, tables] = await Promise.all([
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsSupport" })),
    ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: "enableDnsHostnames" })),
    ec2.send(new DescribeRouteTablesCommand({ Filters: main })),
  ]);
  return {
    ...properties,
    id: VpcId,
    arn: regionalArn("ec2", `vpc/${VpcId}`, context),
    cidrBlock: found.CidrBlock,
    cidrBlockAssociations: (found.CidrBlockAssociationSet ?? []).map(
      ({ AssociationId, CidrBlock, CidrBlockState }) => ({
        associationId: AssociationId,
        cidrBlock: CidrBlock,
        state: CidrBlockState?.State,
      }),
    ),
    default: found.IsDefault ?? false,
    dhcpOptionsId: found.DhcpOptionsId,
    enableDnsSupport: support.EnableDnsSupport?.Value ?? true,
    enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
    instanceTenancy: found.InstanceTenancy,
    mainRouteTableId: tables.RouteTables?.[0]?.RouteTableId,
    ownerId: found.OwnerId ?? context.account,
    region: context.region,
    state: found.State,
    tags: fromTagList(found.Tags),
  };
};
