import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import { fromPermissions, type InlineRule, replaceInlineRules, revokeAllEgress } from "./security-group-inline-rules";
import type { HandlerContext } from "../../handler";

interface SecurityGroupInputs extends Tagged {
  readonly name: string;
  readonly description?: string;
  readonly vpcId?: string;
  /** Inline rules; absent when the rules are resources of their own. */
  readonly ingress?: readonly InlineRule[];
  readonly egress?: readonly InlineRule[];
}

/** `aws:ec2/securityGroup:SecurityGroup` */
export const securityGroup = defineHandler<SecurityGroupInputs>({
  async create(inputs, context) {
    const { GroupId: id = "" } = await context.client(EC2Client).send(
      new CreateSecurityGroupCommand({
        GroupName: inputs.name,
        Description: inputs.description,
        VpcId: inputs.vpcId,
        ...tagsFor("security-group", inputs),
      }),
    );
    return id;
  },

  async complete(id, inputs, context) {
    await revokeAllEgress(id, context);
    await replaceInlineRules(id, {}, inputs, context);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `security-group/${id}`, context),
      name: found.GroupName,
      description: found.Description,
      vpcId: found.VpcId,
      ownerId: found.OwnerId ?? context.account,
      // Rules made by separate rule resources later on are not this resource's.
      ...(known.ingress ? { ingress: fromPermissions(id, found.IpPermissions) } : {}),
      ...(known.egress ? { egress: fromPermissions(id, found.IpPermissionsEgress) } : {}),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    await replaceInlineRules(id, state, inputs, context);
    await retagEc2(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(() => context.client(EC2Client).send(new DeleteSecurityGroupCommand({ GroupId: id })), context, id),
});

async function describe(id: string, context: HandlerContext): Promise<SecurityGroup | undefined> {
  const command = new DescribeSecurityGroupsCommand({ GroupIds: [id] });
  return (await orMissing(context.client(EC2Client).send(command)))?.SecurityGroups?.[0];
}
