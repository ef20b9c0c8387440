import type { Invoke } from "../../handler";
import { partitionOf } from "../arn";

/** `aws:index/getRegion:getRegion`: needs no call, the provider knows its region. */
export const getRegion: Invoke = async ({ region, name }, context) => {
  const asked = [region, name].find((one): one is string => typeof one === "string") ?? context.region;
  const suffix = partitionOf(asked) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return { id: asked, name: asked, region: asked, endpoint: `ec2.${asked}.${suffix}`, description: asked };
};
