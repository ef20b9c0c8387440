import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { HandlerContext, Properties } from "../../handler";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { decodedPolicy, type PolicyInput, policyText } from "../policy-document";
import { foundTags, fromTagList, tagList, type Tagged } from "../tags";
import { retagRole } from "./iam-tags";

interface RoleInputs extends Tagged {
  readonly name: string;
  readonly path?: string;
  readonly description?: string;
  readonly assumeRolePolicy: PolicyInput;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  readonly permissionsBoundary?: string;
  readonly forceDetachPolicies?: boolean;
  /** When given, exactly these are attached, and others are removed. */
  readonly managedPolicyArns?: readonly string[];
  readonly inlinePolicies?: readonly { readonly name: string; readonly policy: string }[];
}

/** `aws:iam/role:Role` */
export const iamRole = defineHandler<RoleInputs>({
  global: true,

  async create(inputs, context) {
    await context.client(IAMClient).send(
      new CreateRoleCommand({
        RoleName: inputs.name,
        Path: inputs.path,
        Description: inputs.description,
        AssumeRolePolicyDocument: policyText(inputs.assumeRolePolicy),
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagList(inputs.tagsAll),
      }),
    );
    return inputs.name;
  },

  complete: (id, inputs, context) => setOwnPolicies(id, inputs, context),

  async find(id, known, context) {
    const iam = context.client(IAMClient);
    const found = (await orMissing(iam.send(new GetRoleCommand({ RoleName: id }))))?.Role;
    if (!found) return undefined;
    return {
      arn: found.Arn,
      name: found.RoleName,
      path: found.Path,
      uniqueId: found.RoleId,
      createDate: found.CreateDate?.toISOString().replace(/\.\d+Z$/, "Z"),
      description: found.Description,
      assumeRolePolicy: decodedPolicy(found.AssumeRolePolicyDocument),
      maxSessionDuration: found.MaxSessionDuration ?? 3600,
      permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
      ...(await ownPolicies(id, known, context)),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    const iam = context.client(IAMClient);
    if (!isSame(state.assumeRolePolicy, policyText(inputs.assumeRolePolicy))) {
      const PolicyDocument = policyText(inputs.assumeRolePolicy);
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument }));
    }
    if (state.description !== inputs.description || state.maxSessionDuration !== inputs.maxSessionDuration) {
      const { description: Description = "", maxSessionDuration: MaxSessionDuration } = inputs;
      await iam.send(new UpdateRoleCommand({ RoleName: id, Description, MaxSessionDuration }));
    }
    if (state.permissionsBoundary !== inputs.permissionsBoundary) {
      const { permissionsBoundary: PermissionsBoundary } = inputs;
      if (PermissionsBoundary)
        await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: id, PermissionsBoundary }));
      else await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: id }));
    }
    await setOwnPolicies(id, inputs, context);
    await retagRole(id, state, inputs, context);
  },

  async remove(id, state, context) {
    const everything = { managedPolicyArns: [], inlinePolicies: [] };
    if (state.forceDetachPolicies) await orMissing(setOwnPolicies(id, everything, context));
    else await orMissing(setOwnPolicies(id, ownedNothing(state), context));
    await removeWhenFree(() => context.client(IAMClient).send(new DeleteRoleCommand({ RoleName: id })), context, id);
  },
});

type OwnPolicies = Pick<RoleInputs, "managedPolicyArns" | "inlinePolicies">;

/** What is managed here goes with the role; what was attached elsewhere stays and lets AWS refuse. */
function ownedNothing(state: OwnPolicies): OwnPolicies {
  return {
    ...(state.managedPolicyArns ? { managedPolicyArns: [] } : {}),
    ...(state.inlinePolicies ? { inlinePolicies: [] } : {}),
  };
}

/** Told only where the role manages its policies itself: others come and go by resources of their own. */
async function ownPolicies(name: string, known: OwnPolicies, context: HandlerContext): Promise<Properties> {
  return {
    ...(known.managedPolicyArns ? { managedPolicyArns: await attachedArns(name, context) } : {}),
    ...(known.inlinePolicies ? { inlinePolicies: await inlinePolicies(name, context) } : {}),
  };
}

async function setOwnPolicies(RoleName: string, wanted: OwnPolicies, context: HandlerContext): Promise<void> {
  const iam = context.client(IAMClient);
  if (wanted.managedPolicyArns) {
    const attached = await attachedArns(RoleName, context);
    const { managedPolicyArns: arns } = wanted;
    for (const PolicyArn of attached.filter((arn) => !arns.includes(arn)))
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    for (const PolicyArn of arns.filter((arn) => !attached.includes(arn)))
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  if (wanted.inlinePolicies) {
    const existing = await inlinePolicies(RoleName, context);
    const { inlinePolicies: policies } = wanted;
    for (const { name: PolicyName } of existing.filter(({ name }) => !policies.some((one) => one.name === name))) {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    }
    for (const { name: PolicyName, policy: PolicyDocument } of policies.filter(
      (one) => !existing.some((other) => isSame(one, other)),
    )) {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    }
  }
}

async function attachedArns(RoleName: string, context: HandlerContext): Promise<string[]> {
  const { AttachedPolicies = [] } = await context
    .client(IAMClient)
    .send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn ?? "");
}

async function inlinePolicies(RoleName: string, context: HandlerContext): Promise<{ name: string; policy: string }[]> {
  const iam = context.client(IAMClient);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { name: PolicyName, policy: decodedPolicy(PolicyDocument) ?? "" };
    }),
  );
}
