import { DeleteRolePolicyCommand, GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { decodedPolicy, type PolicyInput, policyText } from "../policy-document";

interface RolePolicyInputs {
  readonly name: string;
  readonly role: string;
  readonly policy: PolicyInput;
}

/** `aws:iam/rolePolicy:RolePolicy`; its id is `<role>:<policy name>`. */
export const iamRolePolicy = defineHandler<RolePolicyInputs>({
  global: true,

  async create(inputs, context) {
    await put(inputs, context);
    return `${inputs.role}:${inputs.name}`;
  },

  async find(id, _known, context) {
    const found = await orMissing(context.client(IAMClient).send(new GetRolePolicyCommand(keyOf(id))));
    return found && { role: found.RoleName, name: found.PolicyName, policy: decodedPolicy(found.PolicyDocument) };
  },

  change: (_id, _state, inputs, context) => put(inputs, context),

  async remove(id, _state, context) {
    await orMissing(context.client(IAMClient).send(new DeleteRolePolicyCommand(keyOf(id))));
  },
});

async function put({ role, name, policy }: RolePolicyInputs, context: HandlerContext): Promise<void> {
  const command = new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policyText(policy) });
  await context.client(IAMClient).send(command);
}

function keyOf(id: string): { readonly RoleName: string; readonly PolicyName: string } {
  const at = id.indexOf(":");
  return { RoleName: id.slice(0, at), PolicyName: id.slice(at + 1) };
}
