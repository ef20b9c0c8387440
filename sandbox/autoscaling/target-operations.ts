import { randomBytes } from "node:crypto";
import type { Answer, Caller, Input } from "../model/service-api";
import type { CountSetter } from "./count-setter";
import { checked, invalid, listInput, registerInput, tagsInput, targetInput } from "./inputs";
import { ecsDimension, type ScalableTarget, serviceIn } from "./model";
import { pageOf } from "./page";
import type { ScalingPorts } from "./scaling-ports";
import { noTarget } from "./no-target";
import { removePolicy } from "./policy-operations";

/** RegisterScalableTarget: puts the count into the range before it answers. */
export async function registerTarget(ports: ScalingPorts, input: Input, caller: Caller): Promise<Answer> {
  const given = checked(registerInput, input);
  const { account, region } = caller;
  const { clock, services, store } = ports;
  const names = serviceIn(given.ResourceId);
  const service = names && services.get(caller, names.cluster, names.service);
  if (!service) throw invalid(`ECS service doesn't exist: ${given.ResourceId}`);
  const before = store.target(caller, given.ResourceId);
  const min = given.MinCapacity ?? before?.min;
  const max = given.MaxCapacity ?? before?.max;
  if (min === undefined || max === undefined)
    throw invalid("You must specify both minCapacity and maxCapacity for a new scalable target.");
  if (max < min) throw invalid("Maximum capacity cannot be less than minimum capacity.");
  const target: ScalableTarget = {
    account,
    region,
    arn: before?.arn ?? targetArn(caller),
    resourceId: given.ResourceId,
    min,
    max,
    roleArn: before?.roleArn ?? serviceRole(account),
    createdAt: before?.createdAt ?? clock.now(),
    suspended: {
      in: given.SuspendedState?.DynamicScalingInSuspended ?? before?.suspended.in ?? false,
      out: given.SuspendedState?.DynamicScalingOutSuspended ?? before?.suspended.out ?? false,
      scheduled: given.SuspendedState?.ScheduledScalingSuspended ?? before?.suspended.scheduled ?? false,
    },
    tags: { ...before?.tags, ...given.Tags },
  };
  store.saveTarget(target);
  if (service.status === "ACTIVE") await intoRange(ports.counts, target, service.desiredCount);
  return { ScalableTargetARN: target.arn };
}

async function intoRange(counts: CountSetter, target: ScalableTarget, desired: number): Promise<void> {
  const { min, max } = target;
  if (desired < min) await counts.set(target, desired, min, `minimum capacity was set to ${min}`);
  if (desired > max) await counts.set(target, desired, max, `maximum capacity was set to ${max}`);
}

/** The service-linked role is used, whatever role is given: ECS takes no other. */
const serviceRole = (account: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;

const targetArn = ({ account, region }: Caller): string =>
  `arn:aws:application-autoscaling:${region}:${account}:scalable-target/${randomBytes(18).toString("hex")}`;

/** DeregisterScalableTarget: its policies and their alarms go with it. */
export function deregisterTarget(ports: ScalingPorts, input: Input, caller: Caller): Answer {
  const { ResourceId } = checked(targetInput, input);
  const target = ports.store.target(caller, ResourceId);
  if (!target) throw noTarget("found", ResourceId);
  for (const policy of ports.store.policiesOf(caller, ResourceId)) removePolicy(ports, policy);
  ports.store.removeTarget(target);
  return {};
}

/** DescribeScalableTargets. */
export function describeTargets({ store }: ScalingPorts, input: Input, caller: Caller): Answer {
  const given = checked(listInput, input);
  const { ResourceIds, ScalableDimension } = given;
  const fitting = store
    .targetsIn(caller)
    .filter(({ resourceId }) => !ResourceIds?.length || ResourceIds.includes(resourceId))
    .filter(() => ScalableDimension === undefined || ScalableDimension === ecsDimension);
  const { items, NextToken } = pageOf(fitting, given);
  return { ScalableTargets: items.map(tellTarget), NextToken };
}

const tellTarget = ({ arn, resourceId, min, max, roleArn, createdAt, suspended }: ScalableTarget): Answer => ({
  ServiceNamespace: "ecs",
  ResourceId: resourceId,
  ScalableDimension: ecsDimension,
  MinCapacity: min,
  MaxCapacity: max,
  RoleARN: roleArn,
  CreationTime: createdAt,
  SuspendedState: {
    DynamicScalingInSuspended: suspended.in,
    DynamicScalingOutSuspended: suspended.out,
    ScheduledScalingSuspended: suspended.scheduled,
  },
  ScalableTargetARN: arn,
});

/** Undefined when the ARN is of a target that is not of ECS. */
export function taggedTarget({ store }: ScalingPorts, input: Input, caller: Caller): ScalableTarget | undefined {
  const { ResourceARN } = checked(tagsInput, input);
  return store.targetsIn(caller).find(({ arn }) => arn === ResourceARN);
}

/** What the three operations about tags do with the tags of a target. */
export const tagChanges = {
  ListTagsForResource: (tags) => tags,
  TagResource: (tags, input) => ({ ...tags, ...checked(tagsInput, input).Tags }),
  UntagResource: (tags, input) => {
    const keys = checked(tagsInput, input).TagKeys ?? [];
    return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
  },
} as const satisfies Record<string, (tags: ScalableTarget["tags"], input: Input) => ScalableTarget["tags"]>;
