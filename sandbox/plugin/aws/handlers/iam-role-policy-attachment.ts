import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";

interface AttachmentInputs {
  readonly role: string;
  readonly policyArn: string;
}

/** `aws:iam/rolePolicyAttachment:RolePolicyAttachment`; its id is `<role>/<policy arn>`, and every change replaces. */
export const iamRolePolicyAttachment = defineHandler<AttachmentInputs>({
  global: true,

  async create({ role, policyArn }, context) {
    await context.client(IAMClient).send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn }));
    return `${role}/${policyArn}`;
  },

  async find(id, _known, context) {
    const { RoleName, PolicyArn } = keyOf(id);
    const attached = await orMissing(context.client(IAMClient).send(new ListAttachedRolePoliciesCommand({ RoleName })));
    const isThere = attached?.AttachedPolicies?.some((policy) => policy.PolicyArn === PolicyArn);
    return isThere ? { role: RoleName, policyArn: PolicyArn } : undefined;
  },

  async remove(id, _state, context) {
    await orMissing(context.client(IAMClient).send(new DetachRolePolicyCommand(keyOf(id))));
  },
});

function keyOf(id: string): { readonly RoleName: string; readonly PolicyArn: string } {
  const at = id.indexOf("/");
  return { RoleName: id.slice(0, at), PolicyArn: id.slice(at + 1) };
}
