import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { Invoke } from "../../handler";
import { regionalArn } from "../arn";
import { fromTagList } from "../tags";
import { type Filtered, theOnly, toFilters } from "./filters";

interface SubnetArgs extends Filtered {
  readonly id?: string;
  readonly vpcId?: string;
  readonly cidrBlock?: string;
  readonly availabilityZone?: string;
}

/** `aws:ec2/getSubnet:getSubnet` */
export const getSubnet: Invoke = async (properties, context) => {
  const args: SubnetArgs = properties;
  const narrowed = { "vpc-id": args.vpcId, "cidr-block": args.cidrBlock, "availability-zone": args.availabilityZone };
  const filters = [
    ...toFilters(args),
    ...Object.entries(narrowed).flatMap(([Name, value]) => (value ? [{ Name, Values: [value] }] : [])),
  ];
  const { Subnets } = await context.client(EC2Client).send(
    new DescribeSubnetsCommand({
      ...(args.id ? { SubnetIds: [args.id] } : {}),
      ...(filters.length > 0 ? { Filters: filters } : {}),
    }),
  );
  const found = theOnly(Subnets, "EC2 Subnet");
  const id = found.SubnetId ?? "";
  return {
    ...properties,
    id,
    arn: regionalArn("ec2", `subnet/${id}`, context),
    availabilityZone: found.AvailabilityZone,
    availabilityZoneId: found.AvailabilityZoneId,
    availableIpAddressCount: found.AvailableIpAddressCount,
    cidrBlock: found.CidrBlock,
    defaultForAz: found.DefaultForAz ?? false,
    mapPublicIpOnLaunch: found.MapPublicIpOnLaunch ?? false,
    ownerId: found.OwnerId ?? context.account,
    region: context.region,
    state: found.State,
    tags: fromTagList(found.Tags),
    vpcId: found.VpcId,
  };
};
