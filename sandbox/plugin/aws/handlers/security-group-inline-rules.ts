import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";

/** A rule written inside a security group; protocol -1 means all, and then the ports are 0. */
export interface InlineRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
  readonly prefixListIds?: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly self?: boolean;
  readonly description?: string;
}

interface InlineRules {
  readonly ingress?: readonly InlineRule[];
  readonly egress?: readonly InlineRule[];
}

/** AWS lets everything out of a new group; without an egress rule in the program nothing may leave. */
export async function revokeAllEgress(id: string, context: HandlerContext): Promise<void> {
  const everywhere: IpPermission = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  const command = new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: [everywhere] });
  await orMissing(context.client(EC2Client).send(command));
}

/** Takes away the rules that are no longer wanted and adds the new ones. */
export async function replaceInlineRules(
  id: string,
  old: InlineRules,
  wanted: InlineRules,
  context: HandlerContext,
): Promise<void> {
  const ec2 = context.client(EC2Client);
  const less = (one: readonly InlineRule[] = [], other: readonly InlineRule[] = []): IpPermission[] =>
    one.filter((rule) => !other.some((candidate) => isSame(rule, candidate))).map((rule) => toPermission(id, rule));
  for (const IpPermission of less(old.ingress, wanted.ingress)) {
    await orMissing(ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [IpPermission] })));
  }
  for (const IpPermission of less(old.egress, wanted.egress)) {
    await orMissing(ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: [IpPermission] })));
  }
  for (const IpPermission of less(wanted.ingress, old.ingress)) {
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [IpPermission] }));
  }
  for (const IpPermission of less(wanted.egress, old.egress)) {
    await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: [IpPermission] }));
  }
}

/** AWS gathers all sources of one port range into one permission; a rule of ours has one description, so it splits by that. */
export function fromPermissions(groupId: string, permissions: readonly IpPermission[] = []): readonly InlineRule[] {
  return permissions.flatMap((permission) => {
    const descriptions = new Set(sourcesOf(permission).map(({ Description }) => Description ?? ""));
    return [...descriptions].map((description) => toRule(groupId, permission, description));
  });
}

function sourcesOf(permission: IpPermission): readonly { readonly Description?: string | undefined }[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [...IpRanges, ...Ipv6Ranges, ...PrefixListIds, ...UserIdGroupPairs];
}

function toRule(groupId: string, permission: IpPermission, description: string): InlineRule {
  const described = <T extends { readonly Description?: string | undefined }>(
    sources: readonly T[] | undefined,
  ): readonly T[] => (sources ?? []).filter((source) => (source.Description ?? "") === description);
  const groups = described(permission.UserIdGroupPairs).map(({ GroupId }) => GroupId ?? "");
  return {
    protocol: permission.IpProtocol ?? "-1",
    fromPort: permission.FromPort ?? 0,
    toPort: permission.ToPort ?? 0,
    cidrBlocks: described(permission.IpRanges).map(({ CidrIp }) => CidrIp ?? ""),
    ipv6CidrBlocks: described(permission.Ipv6Ranges).map(({ CidrIpv6 }) => CidrIpv6 ?? ""),
    prefixListIds: described(permission.PrefixListIds).map(({ PrefixListId }) => PrefixListId ?? ""),
    securityGroups: groups.filter((id) => id !== groupId),
    self: groups.includes(groupId),
    description,
  };
}

function toPermission(groupId: string, rule: InlineRule): IpPermission {
  const Description = rule.description === "" ? undefined : rule.description;
  const groups = [...(rule.securityGroups ?? []), ...(rule.self ? [groupId] : [])];
  return {
    IpProtocol: rule.protocol,
    ...(rule.protocol === "-1" ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort }),
    IpRanges: rule.cidrBlocks?.map((CidrIp) => ({ CidrIp, Description })),
    Ipv6Ranges: rule.ipv6CidrBlocks?.map((CidrIpv6) => ({ CidrIpv6, Description })),
    PrefixListIds: rule.prefixListIds?.map((PrefixListId) => ({ PrefixListId, Description })),
    UserIdGroupPairs: groups.map((GroupId) => ({ GroupId, Description })),
  };
}
