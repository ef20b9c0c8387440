import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { Handler, HandlerContext } from "../../handler";
import { regionalArn } from "../arn";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";

interface RuleInputs extends Tagged {
  readonly securityGroupId: string;
  /** `-1` means all protocols; ports are then absent. */
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly referencedSecurityGroupId?: string;
  readonly description?: string;
}

/** `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule` */
export const securityGroupIngressRule = securityGroupRule("ingress");
/** `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule` */
export const securityGroupEgressRule = securityGroupRule("egress");

function securityGroupRule(direction: "ingress" | "egress"): Handler {
  return defineHandler<RuleInputs>({
    async create(inputs, context) {
      const request = {
        GroupId: inputs.securityGroupId,
        IpPermissions: [toPermission(inputs)],
        ...tagsFor("security-group-rule", inputs),
      };
      const ec2 = context.client(EC2Client);
      const { SecurityGroupRules: made = [] } =
        direction === "ingress"
          ? await ec2.send(new AuthorizeSecurityGroupIngressCommand(request))
          : await ec2.send(new AuthorizeSecurityGroupEgressCommand(request));
      return made[0]?.SecurityGroupRuleId ?? "";
    },

    async find(id, known, context) {
      const found = await describe(id, context);
      if (!found || found.IsEgress !== (direction === "egress")) return undefined;
      const all = found.IpProtocol === "-1";
      return {
        arn: regionalArn("ec2", `security-group-rule/${id}`, context),
        securityGroupRuleId: id,
        securityGroupId: found.GroupId,
        ipProtocol: found.IpProtocol,
        fromPort: all ? undefined : found.FromPort,
        toPort: all ? undefined : found.ToPort,
        cidrIpv4: found.CidrIpv4,
        cidrIpv6: found.CidrIpv6,
        prefixListId: found.PrefixListId,
        referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId,
        description: found.Description === "" ? undefined : found.Description,
        ...foundTags(known, fromTagList(found.Tags)),
      };
    },

    async change(id, state, inputs, context) {
      await context.client(EC2Client).send(
        new ModifySecurityGroupRulesCommand({
          GroupId: inputs.securityGroupId,
          SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule: toRuleRequest(inputs) }],
        }),
      );
      await retagEc2(id, state, inputs, context);
    },

    async remove(id, state, context) {
      const GroupId = state.securityGroupId ?? (await describe(id, context))?.GroupId;
      if (!GroupId) return;
      const request = { GroupId, SecurityGroupRuleIds: [id] };
      const ec2 = context.client(EC2Client);
      if (direction === "ingress") await orMissing(ec2.send(new RevokeSecurityGroupIngressCommand(request)));
      else await orMissing(ec2.send(new RevokeSecurityGroupEgressCommand(request)));
    },
  });
}

async function describe(id: string, context: HandlerContext): Promise<SecurityGroupRule | undefined> {
  const command = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] });
  return (await orMissing(context.client(EC2Client).send(command)))?.SecurityGroupRules?.[0];
}

/** All protocols go without ports; AWS would answer with -1 for them. */
const ports = ({ ipProtocol, fromPort, toPort }: RuleInputs) =>
  ipProtocol === "-1" ? {} : { FromPort: fromPort, ToPort: toPort };

function toPermission(rule: RuleInputs): IpPermission {
  const Description = rule.description;
  return {
    IpProtocol: rule.ipProtocol,
    ...ports(rule),
    ...(rule.cidrIpv4 ? { IpRanges: [{ CidrIp: rule.cidrIpv4, Description }] } : {}),
    ...(rule.cidrIpv6 ? { Ipv6Ranges: [{ CidrIpv6: rule.cidrIpv6, Description }] } : {}),
    ...(rule.prefixListId ? { PrefixListIds: [{ PrefixListId: rule.prefixListId, Description }] } : {}),
    ...(rule.referencedSecurityGroupId
      ? { UserIdGroupPairs: [{ GroupId: rule.referencedSecurityGroupId, Description }] }
      : {}),
  };
}

const toRuleRequest = (rule: RuleInputs) => ({
  IpProtocol: rule.ipProtocol,
  ...ports(rule),
  CidrIpv4: rule.cidrIpv4,
  CidrIpv6: rule.cidrIpv6,
  PrefixListId: rule.prefixListId,
  ReferencedGroupId: rule.referencedSecurityGroupId,
  Description: rule.description,
});
