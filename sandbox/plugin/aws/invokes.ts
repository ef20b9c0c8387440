import type { Invoke } from "../handler";

/** All functions that the stand-in for the AWS provider answers. A new one is one file and its line here. */
export const invokes = {
  "aws:index/getRegion:getRegion": async (...call) => (await import("./invokes/get-region")).getRegion(...call),
  "aws:index/getCallerIdentity:getCallerIdentity": async (...call) =>
    (await import("./invokes/get-caller-identity")).getCallerIdentity(...call),
  "aws:index/getPartition:getPartition": async (...call) =>
    (await import("./invokes/get-partition")).getPartition(...call),
  "aws:index/getAvailabilityZones:getAvailabilityZones": async (...call) =>
    (await import("./invokes/get-availability-zones")).getAvailabilityZones(...call),
  "aws:ec2/getVpc:getVpc": async (...call) => (await import("./invokes/get-vpc")).getVpc(...call),
  "aws:ec2/getSubnet:getSubnet": async (...call) => (await import("./invokes/get-subnet")).getSubnet(...call),
} as const satisfies Readonly<Record<string, Invoke>>;
