import type * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { StackConfig } from "../config/schema";
import { targetSlotsOf, type Slot } from "../releases";
import { attachmentName, attachmentsOf, type Attachment } from "./routes";
import { stableHash } from "./stable-hash";

/** A target group of one slot, by what others need of it. */
export interface TargetGroup {
  readonly arn: pulumi.Output<string>;
  /** `targetgroup/<name>/<id>`, the value of CloudWatch's dimension. */
  readonly arnSuffix: pulumi.Output<string>;
}

export type SlotTargetGroups = Readonly<Partial<Record<Slot, TargetGroup>>>;

/** Target groups by service, container and slot. */
export type TargetGroups = Readonly<Record<string, Readonly<Record<string, SlotTargetGroups>>>>;

/** One target group for every attachment and slot. */
export function makeTargetGroups(
  services: StackConfig["services"],
  vpcId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): TargetGroups {
  const groups: Record<string, Record<string, SlotTargetGroups>> = {};
  for (const attachment of attachmentsOf(services)) {
    const service = services[attachment.service];
    if (service === undefined) continue;
    const bySlot = targetSlotsOf(service).map(
      (slot) => [slot, makeTargetGroup(attachment, slot, vpcId, opts)] as const,
    );
    (groups[attachment.service] ??= {})[attachment.container] = Object.fromEntries(bySlot);
  }
  return groups;
}

function makeTargetGroup(
  attachment: Attachment,
  slot: Slot,
  vpcId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): TargetGroup {
  const { healthCheck, deregistrationDelaySeconds } = attachment.config;
  return new aws.lb.TargetGroup(
    targetGroupName(attachment, slot),
    {
      vpcId,
      targetType: "ip",
      protocol: "HTTP",
      // Only a default: ECS registers every task with its container's own port. So another container port changes
      // nothing here, where it would replace a group that a listener still uses.
      port: 80,
      deregistrationDelay: deregistrationDelaySeconds,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: healthCheck.path,
        matcher: healthCheck.matcher,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      tags: { Service: attachment.service },
    },
    opts,
  );
}

/** A target group's name has 32 characters, of which Pulumi's own suffix takes 8 (a hyphen and 7 random ones). */
const longestLogicalName = 24;

/** Logical name of a target group, from which Pulumi makes the physical one. A long one keeps its beginning and a hash. */
export function targetGroupName(attachment: Pick<Attachment, "service" | "container">, slot: Slot): string {
  const subject = attachmentName(attachment);
  const name = `${subject}-${slot}`;
  if (name.length <= longestLogicalName) return name;
  const end = `-${stableHash(subject).toString(16).padStart(8, "0").slice(-6)}-${slot}`;
  return `${subject.slice(0, longestLogicalName - end.length).replace(/-+$/, "")}${end}`;
}
