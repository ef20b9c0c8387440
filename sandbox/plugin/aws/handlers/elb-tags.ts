import {
  AddTagsCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  RemoveTagsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HandlerContext } from "../../handler";
import { fromTagList, retag, tagList, type Tagged, type Tags } from "../tags";

/** Tags of any load balancing resource. */
export async function elbTags(arn: string, context: HandlerContext): Promise<Tags> {
  const command = new DescribeTagsCommand({ ResourceArns: [arn] });
  const { TagDescriptions } = await context.client(ElasticLoadBalancingV2Client).send(command);
  return fromTagList(TagDescriptions?.[0]?.Tags);
}

/** Brings the tags of any load balancing resource up to date. */
export async function retagElb(arn: string, before: Tagged, after: Tagged, context: HandlerContext): Promise<void> {
  const elb = context.client(ElasticLoadBalancingV2Client);
  await retag(before, after, {
    put: (tags) => elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: tagList(tags) })),
    drop: (TagKeys) => elb.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys })),
  });
}

/** Tags for a resource in the making; an empty list is refused. */
export function elbTagsFor({ tagsAll }: Tagged): { Tags?: { Key: string; Value: string }[] } {
  const Tags = tagList(tagsAll);
  return Tags.length > 0 ? { Tags } : {};
}
