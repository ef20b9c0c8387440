import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RDSClient,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-rds";
import type { HandlerContext } from "../../handler";
import { fromTagList, retag, tagList, type Tagged, type Tags } from "../tags";

/** Tags of any RDS resource. */
export async function rdsTags(ResourceName: string, context: HandlerContext): Promise<Tags> {
  const { TagList } = await context.client(RDSClient).send(new ListTagsForResourceCommand({ ResourceName }));
  return fromTagList(TagList);
}

/** Brings the tags of any RDS resource up to date. */
export async function retagRds(
  ResourceName: string,
  before: Tagged,
  after: Tagged,
  context: HandlerContext,
): Promise<void> {
  const rds = context.client(RDSClient);
  await retag(before, after, {
    put: (tags) => rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: tagList(tags) })),
    drop: (TagKeys) => rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys })),
  });
}
