import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DescribeScalingPoliciesCommand,
  type PolicyType,
  PutScalingPolicyCommand,
  type ScalableDimension,
  type ScalingPolicy,
  type ServiceNamespace,
} from "@aws-sdk/client-application-auto-scaling";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { askedFor } from "../settle";
import {
  fromStepScaling,
  fromTargetTracking,
  type StepScaling,
  type TargetTracking,
  toStepScaling,
  toTargetTracking,
} from "./scaling-policy-shape";

interface ScalingPolicyInputs {
  readonly name: string;
  readonly policyType?: PolicyType;
  readonly resourceId: string;
  readonly scalableDimension: ScalableDimension;
  readonly serviceNamespace: ServiceNamespace;
  readonly targetTrackingScalingPolicyConfiguration?: TargetTracking;
  readonly stepScalingPolicyConfiguration?: StepScaling;
}

/** `aws:appautoscaling/policy:Policy`; its id is its name. */
export const scalingPolicy = defineHandler<ScalingPolicyInputs>({
  async create(inputs, context) {
    await put(inputs, context);
    return inputs.name;
  },

  async find(id, known, context) {
    const found = await describe(id, known, context);
    if (!found) return undefined;
    const tracking = found.TargetTrackingScalingPolicyConfiguration;
    const steps = found.StepScalingPolicyConfiguration;
    return {
      arn: found.PolicyARN,
      name: found.PolicyName,
      policyType: found.PolicyType,
      resourceId: found.ResourceId,
      scalableDimension: found.ScalableDimension,
      serviceNamespace: found.ServiceNamespace,
      alarmArns: (found.Alarms ?? []).map(({ AlarmARN }) => AlarmARN ?? ""),
      targetTrackingScalingPolicyConfiguration:
        tracking && askedFor(known.targetTrackingScalingPolicyConfiguration, fromTargetTracking(tracking)),
      stepScalingPolicyConfiguration: steps && askedFor(known.stepScalingPolicyConfiguration, fromStepScaling(steps)),
    };
  },

  change: (_id, _state, inputs, context) => put(inputs, context),

  async remove(id, state, context) {
    const found = await describe(id, state, context);
    if (!found) return;
    const { PolicyName, ResourceId, ScalableDimension, ServiceNamespace } = found;
    const command = new DeleteScalingPolicyCommand({ PolicyName, ResourceId, ScalableDimension, ServiceNamespace });
    await orMissing(context.client(ApplicationAutoScalingClient).send(command));
  },
});

async function put(inputs: ScalingPolicyInputs, context: HandlerContext): Promise<void> {
  const { targetTrackingScalingPolicyConfiguration: tracking, stepScalingPolicyConfiguration: steps } = inputs;
  await context.client(ApplicationAutoScalingClient).send(
    new PutScalingPolicyCommand({
      PolicyName: inputs.name,
      PolicyType: inputs.policyType,
      ResourceId: inputs.resourceId,
      ScalableDimension: inputs.scalableDimension,
      ServiceNamespace: inputs.serviceNamespace,
      TargetTrackingScalingPolicyConfiguration: tracking && toTargetTracking(tracking),
      StepScalingPolicyConfiguration: steps && toStepScaling(steps),
    }),
  );
}

async function describe(
  name: string,
  known: Partial<ScalingPolicyInputs>,
  context: HandlerContext,
): Promise<ScalingPolicy | undefined> {
  const command = new DescribeScalingPoliciesCommand({
    PolicyNames: [name],
    ServiceNamespace: known.serviceNamespace ?? "ecs",
    ResourceId: known.resourceId,
    ScalableDimension: known.scalableDimension,
  });
  return (await context.client(ApplicationAutoScalingClient).send(command)).ScalingPolicies?.[0];
}
