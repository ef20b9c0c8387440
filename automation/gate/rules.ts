import type { Change, Op } from "../model/change";
import type { GateRule, Run } from "./rule";

const service = ["aws:ecs/service:Service"];
const dns = ["aws:route53/record:Record", "aws:route53/zone:Zone"];
const certificate = ["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"];
const securityGroup = ["aws:ec2/securityGroup:SecurityGroup"];
const securityGroupRule = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];
const database = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];
const loadBalancer = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const secret = ["aws:secretsmanager/secret:Secret"];

const gone: readonly Op[] = ["replace", "delete"];
const all: readonly Op[] = ["create", "update", "replace", "delete", "import"];

/** Top-level inputs that hold nothing but labels. */
const labels: readonly string[] = ["tags", "tagsAll"];

const only = (change: Change, keys: readonly string[]): boolean =>
  change.diffs.length > 0 && change.diffs.every((key) => keys.includes(topLevel(key)));

/** A provider may tell a part of an input: `tags.Owner` is about `tags`. */
const topLevel = (key: string): string => key.split(/[.[]/)[0] ?? key;

/** The first rule that fits decides, besides those that only say more; what none fits passes, as a new resource or a change in place that hurts nobody. */
export const gateRules: readonly GateRule[] = [
  {
    id: "protection-removed",
    kind: "block",
    isBesides: true,
    types: ["*"],
    ops: ["create", "update", "replace", "delete", "import", "same"],
    when: {
      text: "was protected, and the program does not protect it any more",
      holds: (change) => change.wasProtected && !change.isProtected,
    },
    danger: "loss of what was protected",
    why: "The engine lets one run take the protection off and replace the resource, so the old state counts.",
  },
  {
    id: "operation-unknown",
    kind: "block",
    types: ["*"],
    ops: ["other"],
    danger: "an effect that nobody has judged",
    why: "The engine reports an operation that no rule knows; the gate fails closed.",
  },
  {
    id: "service-replaced",
    kind: "block",
    types: service,
    ops: gone,
    danger: "service downtime",
    why: "The old service and its tasks are gone before or while the new ones start.",
  },
  {
    id: "dns-removed",
    kind: "block",
    types: dns,
    ops: gone,
    danger: "DNS resolution failure",
    why: "The name stops resolving, and caches keep the failure.",
  },
  {
    id: "certificate-removed",
    kind: "block",
    types: certificate,
    ops: gone,
    danger: "HTTPS outage",
    why: "A listener without its certificate answers nobody; a new one has to be validated first.",
  },
  {
    id: "security-group-removed",
    kind: "block",
    types: securityGroup,
    ops: gone,
    danger: "loss of network connectivity",
    why: "Everything that names the group loses its way; a replacement contains a deletion.",
  },
  {
    id: "database-replaced",
    kind: "block",
    types: database,
    ops: gone,
    danger: "loss of data",
    why: "The new instance is empty: the data would have to be migrated.",
  },
  {
    id: "load-balancer-replaced",
    kind: "block",
    types: loadBalancer,
    ops: gone,
    danger: "service downtime",
    why: "Its host name changes, and whoever uses the old one finds nothing.",
  },
  {
    id: "secret-removed",
    kind: "block",
    types: secret,
    ops: gone,
    danger: "loss of secrets",
    why: "Tasks cannot start without it, and its name is taken until the recovery window is over.",
  },
  {
    id: "task-definition-revised",
    kind: "pass",
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    ops: ["create", "update", "replace"],
    danger: "none",
    why: "Each change registers a new revision; the old one stays, and the service is not replaced.",
  },
  {
    id: "service-follows-task-definition",
    kind: "pass",
    types: service,
    ops: ["update"],
    when: {
      text: "only `taskDefinition` and tags differ",
      holds: (change) => only(change, ["taskDefinition", ...labels]),
    },
    danger: "none",
    why: "A new image: ECS rolls it out with healthy tasks all the time.",
  },
  {
    id: "secret-value-renewed",
    kind: "pass",
    types: ["aws:secretsmanager/secretVersion:SecretVersion"],
    ops: ["create", "update", "replace"],
    danger: "none",
    why: "A new value is a new version beside the old one.",
  },
  {
    id: "labels-only",
    kind: "pass",
    types: ["*"],
    ops: ["update"],
    when: { text: "only tags differ", holds: (change) => only(change, labels) },
    danger: "none",
    why: "Tags change no behaviour.",
  },
  {
    id: "rules-of-new-group",
    kind: "pass",
    types: securityGroupRule,
    ops: ["create"],
    when: { text: "the group is made in the same run", holds: isForNewGroup },
    danger: "none",
    why: "Nothing uses the group yet.",
  },
  {
    id: "security-group-rule",
    kind: "warn",
    types: securityGroupRule,
    ops: all,
    danger: "loss of network connectivity",
    why: "Who may talk to whom changes on a group in use.",
  },
  {
    id: "security-group-inline-rule",
    kind: "warn",
    types: securityGroup,
    ops: ["update"],
    when: {
      text: "`ingress` or `egress` differs",
      holds: (change) => change.diffs.some((key) => ["ingress", "egress"].includes(topLevel(key))),
    },
    danger: "loss of network connectivity",
    why: "Who may talk to whom changes on a group in use.",
  },
  {
    id: "first-rights",
    kind: "pass",
    types: ["aws:iam/*"],
    ops: ["create"],
    when: { text: "first deployment of the stack", holds: (_change, run) => run.firstDeployment },
    danger: "none",
    why: "All rights are new, as everything else is.",
  },
  {
    id: "rights",
    kind: "warn",
    types: ["aws:iam/*"],
    ops: all,
    danger: "wider or missing rights",
    why: "Rights are read by a person.",
  },
  {
    id: "dns-changed",
    kind: "warn",
    types: dns,
    ops: ["update"],
    danger: "DNS resolution failure",
    why: "Traffic goes elsewhere as soon as caches expire.",
  },
  {
    id: "certificate-changed",
    kind: "warn",
    types: certificate,
    ops: ["update"],
    danger: "HTTPS outage",
    why: "Clients may refuse the connection.",
  },
  {
    id: "critical-changed",
    kind: "warn",
    types: [...service, ...database, ...loadBalancer, ...secret],
    ops: ["update"],
    danger: "service downtime",
    why: "A change in place of what everything stands on, for example a database that restarts.",
  },
  {
    id: "removed",
    kind: "warn",
    types: ["*"],
    ops: gone,
    danger: "loss of the resource",
    why: "Whatever is replaced or deleted is read by a person.",
  },
  {
    id: "imported",
    kind: "warn",
    types: ["*"],
    ops: ["import"],
    danger: "two owners of one resource",
    why: "From now on this stack changes and deletes it.",
  },
];

/** The group's id is not known before the group exists, so a rule with an id belongs to a group that is in use. */
function isForNewGroup(change: Change, run: Run): boolean {
  const group = change.newInputs?.["securityGroupId"];
  const isKnown = group === undefined || (typeof group === "string" && group.startsWith("sg-"));
  return !isKnown && run.changes.some(({ op, type }) => op === "create" && securityGroup.includes(type));
}
