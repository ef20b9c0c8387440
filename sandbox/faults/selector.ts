import type { TaskTraits } from "../model/behaviour";
import type { FaultRequest } from "./fault-request";
import { tagOf } from "./tag-faults";

/** True when the text is what a glob of `*` and `?` means. */
export function matches(glob: string, text: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "s").test(text);
}

/** True when a fault is meant for this task; one that selects nothing is meant for all. */
export function selectsTask({ service, tag, task }: FaultRequest, traits: TaskTraits): boolean {
  if (task !== undefined && !traits.taskId.startsWith(task)) return false;
  if (tag !== undefined && !matches(tag, tagOf(traits) ?? "")) return false;
  if (service === undefined) return true;
  if (traits.service === undefined) return false;
  return matches(service, service.includes("/") ? `${traits.cluster}/${traits.service}` : traits.service);
}

/** What people call services, and what they sign with. */
const signingNames: Readonly<Record<string, string>> = {
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  alb: "elasticloadbalancing",
  cloudwatch: "monitoring",
  "cloudwatch-logs": "logs",
  secrets: "secretsmanager",
  "secrets-manager": "secretsmanager",
  "application-auto-scaling": "application-autoscaling",
};

/** True when a fault is meant for calls of this operation. */
export function selectsCall({ api, operation }: FaultRequest, service: string, asked: string | undefined): boolean {
  if (operation !== undefined && !matches(operation.toLowerCase(), (asked ?? "").toLowerCase())) return false;
  if (api === undefined) return true;
  const name = api.toLowerCase();
  return matches((Object.hasOwn(signingNames, name) ? signingNames[name] : undefined) ?? name, service);
}
