import { ECSClient, TagResourceCommand, UntagResourceCommand, type Tag } from "@aws-sdk/client-ecs";
import type { HandlerContext } from "../../handler";
import { lowerCaseTagList, retag, type Tagged, type Tags } from "../tags";

/** Brings the tags of any ECS resource up to date. */
export async function retagEcs(
  resourceArn: string,
  before: Tagged,
  after: Tagged,
  context: HandlerContext,
): Promise<void> {
  const ecs = context.client(ECSClient);
  await retag(before, after, {
    put: (tags) => ecs.send(new TagResourceCommand({ resourceArn, tags: lowerCaseTagList(tags) })),
    drop: (tagKeys) => ecs.send(new UntagResourceCommand({ resourceArn, tagKeys })),
  });
}

/** Tags as ECS writes them. */
export function fromEcsTags(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key ?? "", value ?? ""]));
}
