import type { HandlerContext } from "../../handler";
import { retag, tagList, type Tagged } from "../tags";
import { IAMClient, TagPolicyCommand, TagRoleCommand, UntagPolicyCommand, UntagRoleCommand } from "@aws-sdk/client-iam";

/** Brings a role's tags up to date. */
export async function retagRole(
  RoleName: string,
  before: Tagged,
  after: Tagged,
  context: HandlerContext,
): Promise<void> {
  const iam = context.client(IAMClient);
  await retag(before, after, {
    put: (tags) => iam.send(new TagRoleCommand({ RoleName, Tags: tagList(tags) })),
    drop: (TagKeys) => iam.send(new UntagRoleCommand({ RoleName, TagKeys })),
  });
}

/** Brings a managed policy's tags up to date. */
export async function retagPolicy(
  PolicyArn: string,
  before: Tagged,
  after: Tagged,
  context: HandlerContext,
): Promise<void> {
  const iam = context.client(IAMClient);
  await retag(before, after, {
    put: (tags) => iam.send(new TagPolicyCommand({ PolicyArn, Tags: tagList(tags) })),
    drop: (TagKeys) => iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys })),
  });
}
