import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPolicyVersionsCommand,
  type PolicyVersion,
} from "@aws-sdk/client-iam";
import type { HandlerContext } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { decodedPolicy, type PolicyInput, policyText } from "../policy-document";
import { foundTags, fromTagList, tagList, type Tagged } from "../tags";
import { retagPolicy } from "./iam-tags";

/** IAM keeps so many versions of a policy and refuses another. */
const maxVersions = 5;

interface PolicyInputs extends Tagged {
  readonly name: string;
  readonly path?: string;
  readonly description?: string;
  readonly policy: PolicyInput;
}

/** `aws:iam/policy:Policy` */
export const iamPolicy = defineHandler<PolicyInputs>({
  global: true,

  async create(inputs, context) {
    const { Policy } = await context.client(IAMClient).send(
      new CreatePolicyCommand({
        PolicyName: inputs.name,
        Path: inputs.path,
        Description: inputs.description,
        PolicyDocument: policyText(inputs.policy),
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return Policy?.Arn ?? "";
  },

  async find(id, known, context) {
    const iam = context.client(IAMClient);
    const found = (await orMissing(iam.send(new GetPolicyCommand({ PolicyArn: id }))))?.Policy;
    if (!found) return undefined;
    const version = { PolicyArn: id, VersionId: found.DefaultVersionId };
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
    return {
      arn: found.Arn,
      name: found.PolicyName,
      path: found.Path,
      description: found.Description,
      policyId: found.PolicyId,
      policy: decodedPolicy(PolicyVersion?.Document),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    const PolicyDocument = policyText(inputs.policy);
    if (!isSame(state.policy, PolicyDocument)) {
      const versions = await olderVersions(id, context);
      if (versions.length >= maxVersions - 1) await dropVersion(id, versions[0]?.VersionId, context);
      const command = new CreatePolicyVersionCommand({ PolicyArn: id, PolicyDocument, SetAsDefault: true });
      await context.client(IAMClient).send(command);
    }
    await retagPolicy(id, state, inputs, context);
  },

  async remove(id, _state, context) {
    for (const { VersionId } of (await orMissing(olderVersions(id, context))) ?? [])
      await dropVersion(id, VersionId, context);
    await removeWhenFree(() => context.client(IAMClient).send(new DeletePolicyCommand({ PolicyArn: id })), context, id);
  },
});

/** All but the version in force, the oldest first. */
async function olderVersions(PolicyArn: string, context: HandlerContext): Promise<PolicyVersion[]> {
  const { Versions = [] } = await context.client(IAMClient).send(new ListPolicyVersionsCommand({ PolicyArn }));
  const number = ({ VersionId = "v0" }: PolicyVersion): number => Number(VersionId.slice(1));
  return Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).sort((one, other) => number(one) - number(other));
}

async function dropVersion(PolicyArn: string, VersionId: string | undefined, context: HandlerContext): Promise<void> {
  await orMissing(context.client(IAMClient).send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })));
}
