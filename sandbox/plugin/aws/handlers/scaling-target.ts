import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  ListTagsForResourceCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
  type ScalableTarget,
  type ServiceNamespace,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-application-auto-scaling";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { askedFor } from "../settle";
import { foundTags, retag, type Tagged } from "../tags";

interface ScalingTargetInputs extends Tagged {
  readonly resourceId: string;
  readonly scalableDimension: ScalableDimension;
  readonly serviceNamespace: ServiceNamespace;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly roleArn?: string;
  readonly suspendedState?: {
    readonly dynamicScalingInSuspended?: boolean;
    readonly dynamicScalingOutSuspended?: boolean;
    readonly scheduledScalingSuspended?: boolean;
  };
  readonly arn?: string;
}

/** `aws:appautoscaling/target:Target`; its id is the resource id. */
export const scalingTarget = defineHandler<ScalingTargetInputs>({
  async create(inputs, context) {
    await register(inputs, { Tags: { ...inputs.tagsAll } }, context);
    return inputs.resourceId;
  },

  async find(id, known, context) {
    const found = await describe(id, known, context);
    if (!found) return undefined;
    const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } =
      found.SuspendedState ?? {};
    const suspendedState = {
      dynamicScalingInSuspended: DynamicScalingInSuspended ?? false,
      dynamicScalingOutSuspended: DynamicScalingOutSuspended ?? false,
      scheduledScalingSuspended: ScheduledScalingSuspended ?? false,
    };
    return {
      arn: found.ScalableTargetARN,
      resourceId: found.ResourceId,
      scalableDimension: found.ScalableDimension,
      serviceNamespace: found.ServiceNamespace,
      minCapacity: found.MinCapacity,
      maxCapacity: found.MaxCapacity,
      roleArn: found.RoleARN,
      suspendedState: askedFor(known.suspendedState, suspendedState),
      ...foundTags(known, await tagsOf(found.ScalableTargetARN, known, context)),
    };
  },

  async change(_id, state, inputs, context) {
    await register(inputs, {}, context);
    const scaling = context.client(ApplicationAutoScalingClient);
    const ResourceARN = state.arn;
    if (!ResourceARN) return;
    await retag(state, inputs, {
      put: (Tags) => scaling.send(new TagResourceCommand({ ResourceARN, Tags })),
      drop: (TagKeys) => scaling.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    });
  },

  async remove(id, state, context) {
    const found = await describe(id, state, context);
    if (!found) return;
    const { ResourceId, ScalableDimension, ServiceNamespace } = found;
    const command = new DeregisterScalableTargetCommand({ ResourceId, ScalableDimension, ServiceNamespace });
    await orMissing(context.client(ApplicationAutoScalingClient).send(command));
  },
});

async function register(
  inputs: ScalingTargetInputs,
  extra: { Tags?: Record<string, string> },
  context: HandlerContext,
): Promise<void> {
  const { suspendedState } = inputs;
  await context.client(ApplicationAutoScalingClient).send(
    new RegisterScalableTargetCommand({
      ResourceId: inputs.resourceId,
      ScalableDimension: inputs.scalableDimension,
      ServiceNamespace: inputs.serviceNamespace,
      MinCapacity: inputs.minCapacity,
      MaxCapacity: inputs.maxCapacity,
      RoleARN: inputs.roleArn,
      SuspendedState: suspendedState && {
        DynamicScalingInSuspended: suspendedState.dynamicScalingInSuspended,
        DynamicScalingOutSuspended: suspendedState.dynamicScalingOutSuspended,
        ScheduledScalingSuspended: suspendedState.scheduledScalingSuspended,
      },
      ...extra,
    }),
  );
}

/** Two dimensions of one resource share an id; the state tells them apart. */
async function describe(
  id: string,
  known: Partial<ScalingTargetInputs>,
  context: HandlerContext,
): Promise<ScalableTarget | undefined> {
  const { serviceNamespace = "ecs", scalableDimension } = known;
  const command = new DescribeScalableTargetsCommand({
    ServiceNamespace: serviceNamespace,
    ResourceIds: [id],
    ScalableDimension: scalableDimension,
  });
  return (await context.client(ApplicationAutoScalingClient).send(command)).ScalableTargets?.[0];
}

/** A target from before AWS gave them ARNs has no tags that could be asked for. */
async function tagsOf(ResourceARN: string | undefined, known: Tagged, context: HandlerContext) {
  if (!ResourceARN) return known.tagsAll ?? {};
  const { Tags = {} } = await context
    .client(ApplicationAutoScalingClient)
    .send(new ListTagsForResourceCommand({ ResourceARN }));
  return Tags;
}
