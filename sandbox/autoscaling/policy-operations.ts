import { randomUUID } from "node:crypto";
import { AwsFault } from "../model/aws-fault";
import type { Answer, Caller, Input } from "../model/service-api";
import { checked, invalid, listInput, policyInput, putPolicyInput } from "./inputs";
import { ecsDimension, type ScalingPolicy, type StepPolicy, type TrackingPolicy } from "./model";
import { noTarget } from "./no-target";
import { pageOf } from "./page";
import type { ScalingPorts } from "./scaling-ports";
import { trackedMetric, type TrackedMetric } from "./tracked-metric";
import { trackingAlarms } from "./tracking-alarms";

/** "Define cooldown periods": of ECS services, both ways, and of step scaling. */
const defaultCooldownSeconds = 300;

type Put = ReturnType<typeof putPolicyInput.parse>;

/** PutScalingPolicy: one that is put again keeps its ARN and its alarms. */
export function putPolicy(ports: ScalingPorts, input: Input, caller: Caller): Answer {
  const given = checked(putPolicyInput, input);
  const { store } = ports;
  if (!store.target(caller, given.ResourceId)) throw noTarget("registered", given.ResourceId);
  const before = store.policy(caller, given.ResourceId, given.PolicyName);
  const type = given.PolicyType ?? before?.type ?? "StepScaling";
  if (type === "PredictiveScaling") throw invalid("The sandbox has no predictive scaling.");
  if (before && before.type !== type) throw invalid("The type of a scaling policy cannot be changed.");
  const policy =
    type === "StepScaling" ? stepPolicy(ports, given, caller, before) : tracking(ports, given, caller, before);
  store.savePolicy(policy);
  return { PolicyARN: policy.arn, Alarms: alarmsOf(policy) };
}

function stepPolicy(
  { clock }: ScalingPorts,
  given: Put,
  caller: Caller,
  before: ScalingPolicy | undefined,
): StepPolicy {
  const steps = given.StepScalingPolicyConfiguration;
  if (!steps || given.TargetTrackingScalingPolicyConfiguration)
    throw invalid("A policy of type StepScaling must have a StepScalingPolicyConfiguration, and no other.");
  const cooldownMs = (steps.Cooldown ?? defaultCooldownSeconds) * 1000;
  return { ...commonOf(given, caller, before, clock.now()), type: "StepScaling", configuration: steps, cooldownMs };
}

function tracking(
  { clock, store, cloudWatch }: ScalingPorts,
  given: Put,
  caller: Caller,
  before: ScalingPolicy | undefined,
): TrackingPolicy {
  const configuration = given.TargetTrackingScalingPolicyConfiguration;
  if (!configuration || given.StepScalingPolicyConfiguration)
    throw invalid(
      "A policy of type TargetTrackingScaling must have a TargetTrackingScalingPolicyConfiguration, and no other.",
    );
  const tracked = trackedMetric(configuration, given.ResourceId);
  if (tracked.kind === "invalid") throw invalid(tracked.message);
  const others = store.policiesOf(caller, given.ResourceId).filter(({ name }) => name !== given.PolicyName);
  if (others.some((other) => isSameMetric(other, tracked.metric)))
    throw invalid("Only one TargetTrackingScaling policy for a given metric specification is allowed.");

  const known = before?.type === "TargetTrackingScaling" ? before.alarms : undefined;
  const name = (side: "High" | "Low") => `TargetTracking-${given.ResourceId}-Alarm${side}-${randomUUID()}`;
  const low = configuration.DisableScaleIn ? undefined : (known?.low ?? name("Low"));
  const policy: TrackingPolicy = {
    ...commonOf(given, caller, before, clock.now()),
    type: "TargetTrackingScaling",
    configuration,
    target: configuration.TargetValue,
    scaleInCooldownMs: (configuration.ScaleInCooldown ?? defaultCooldownSeconds) * 1000,
    scaleOutCooldownMs: (configuration.ScaleOutCooldown ?? defaultCooldownSeconds) * 1000,
    alarms: { high: known?.high ?? name("High"), low },
  };
  for (const alarm of trackingAlarms(policy, tracked.metric)) cloudWatch.putAlarm(policy, alarm);
  if (known?.low !== undefined && low === undefined) cloudWatch.deleteAlarms(policy, [known.low]);
  return policy;
}

function isSameMetric(policy: ScalingPolicy, metric: TrackedMetric): boolean {
  const own = trackedMetric(policy.configuration, policy.resourceId);
  return own.kind === "metric" && JSON.stringify(own.metric) === JSON.stringify(metric);
}

function commonOf(given: Put, { account, region }: Caller, before: ScalingPolicy | undefined, now: Date) {
  const { ResourceId: resourceId, PolicyName: name } = given;
  const prefix = `arn:aws:autoscaling:${region}:${account}:scalingPolicy`;
  return {
    account,
    region,
    resourceId,
    name,
    arn: before?.arn ?? `${prefix}:${randomUUID()}:resource/ecs/${resourceId}:policyName/${name}`,
    createdAt: before?.createdAt ?? now,
  };
}

/** DeleteScalingPolicy. */
export function deletePolicy(ports: ScalingPorts, input: Input, caller: Caller): Answer {
  const { ResourceId, PolicyName } = checked(policyInput, input);
  const policy = ports.store.policy(caller, ResourceId, PolicyName);
  if (!policy)
    throw new AwsFault(
      "ObjectNotFoundException",
      `No scaling policy found for service namespace: ecs, resource ID: ${ResourceId}, scalable dimension: ${ecsDimension}, policy name: ${PolicyName}`,
    );
  removePolicy(ports, policy);
  return {};
}

/** With the alarms that were made for it; those of step scaling are their makers' own. */
export function removePolicy({ store, cloudWatch }: ScalingPorts, policy: ScalingPolicy): void {
  store.removePolicy(policy);
  if (policy.type === "TargetTrackingScaling") cloudWatch.deleteAlarms(policy, alarmNames(policy));
}

/** DescribeScalingPolicies. */
export function describePolicies({ store }: ScalingPorts, input: Input, caller: Caller): Answer {
  const given = checked(listInput, input);
  const { PolicyNames, ResourceId, ScalableDimension } = given;
  const fitting = store
    .policiesIn(caller)
    .filter(({ resourceId }) => ResourceId === undefined || resourceId === ResourceId)
    .filter(({ name }) => !PolicyNames?.length || PolicyNames.includes(name))
    .filter(() => ScalableDimension === undefined || ScalableDimension === ecsDimension);
  const { items, NextToken } = pageOf(fitting, given);
  return { ScalingPolicies: items.map(tellPolicy), NextToken };
}

const tellPolicy = (policy: ScalingPolicy): Answer => ({
  PolicyARN: policy.arn,
  PolicyName: policy.name,
  ServiceNamespace: "ecs",
  ResourceId: policy.resourceId,
  ScalableDimension: ecsDimension,
  PolicyType: policy.type,
  [`${policy.type}PolicyConfiguration`]: policy.configuration,
  Alarms: alarmsOf(policy),
  CreationTime: policy.createdAt,
});

function alarmsOf(policy: ScalingPolicy): Answer[] {
  if (policy.type !== "TargetTrackingScaling") return [];
  const { account, region } = policy;
  return alarmNames(policy).map((name) => ({
    AlarmName: name,
    AlarmARN: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  }));
}

const alarmNames = ({ alarms: { high, low } }: TrackingPolicy): string[] => (low === undefined ? [high] : [high, low]);
