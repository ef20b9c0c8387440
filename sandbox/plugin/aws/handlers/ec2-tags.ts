import {
  CreateTagsCommand,
  DeleteTagsCommand,
  EC2Client,
  type TagSpecification,
  type ResourceType,
} from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { retag, tagList, type Tagged } from "../tags";

/** Tags for a resource in the making. EC2 refuses an empty specification. */
export function tagsFor(
  type: ResourceType,
  { tagsAll }: Tagged,
): { TagSpecifications: TagSpecification[] } | undefined {
  const tags = tagList(tagsAll);
  return tags.length > 0 ? { TagSpecifications: [{ ResourceType: type, Tags: tags }] } : undefined;
}

/** Brings the tags of any EC2 resource up to date. */
export async function retagEc2(id: string, before: Tagged, after: Tagged, context: HandlerContext): Promise<void> {
  const ec2 = context.client(EC2Client);
  await retag(before, after, {
    put: (tags) => ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tagList(tags) })),
    drop: (keys) => ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: keys.map((Key) => ({ Key })) })),
  });
}
