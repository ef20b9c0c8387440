import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { Invoke } from "../../handler";
import { type Filtered, toFilters } from "./filters";

interface ZonesArgs extends Filtered {
  readonly state?: string;
  readonly allAvailabilityZones?: boolean;
  readonly excludeNames?: readonly string[];
  readonly excludeZoneIds?: readonly string[];
}

/** `aws:index/getAvailabilityZones:getAvailabilityZones` */
export const getAvailabilityZones: Invoke = async (properties, context) => {
  const args: ZonesArgs = properties;
  const filters = [...toFilters(args), ...(args.state ? [{ Name: "state", Values: [args.state] }] : [])];
  const { AvailabilityZones = [] } = await context.client(EC2Client).send(
    new DescribeAvailabilityZonesCommand({
      AllAvailabilityZones: args.allAvailabilityZones,
      ...(filters.length > 0 ? { Filters: filters } : {}),
    }),
  );
  const zones = AvailabilityZones.map(({ ZoneName = "", ZoneId = "", GroupName = "" }) => ({
    ZoneName,
    ZoneId,
    GroupName,
  }))
    .filter(({ ZoneName, ZoneId }) => !args.excludeNames?.includes(ZoneName) && !args.excludeZoneIds?.includes(ZoneId))
    .sort((one, other) => (one.ZoneName < other.ZoneName ? -1 : 1));
  return {
    ...properties,
    id: context.region,
    region: context.region,
    names: zones.map(({ ZoneName }) => ZoneName),
    zoneIds: zones.map(({ ZoneId }) => ZoneId),
    groupNames: [...new Set(zones.map(({ GroupName }) => GroupName || context.region))],
  };
};
