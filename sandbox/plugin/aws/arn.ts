import type { HandlerContext } from "../handler";

/** The AWS partition that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** ARN of a resource in the caller's account and region. */
export function regionalArn(service: string, resource: string, { account, region }: HandlerContext): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** What stands behind the account: `targetgroup/web/0123` of a target group's ARN. */
export function arnResource(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

/** The last part of an ARN's path: the cluster's name of `arn:...:cluster/main`. A plain name is its own last part. */
export function arnName(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf("/") + 1);
}
