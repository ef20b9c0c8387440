import type { SandboxClock } from "../model/clock";
import type { Moto } from "../model/moto";
import type { Answer, Caller, Input, Operation, ServiceApi } from "../model/service-api";
import { describeActivities } from "./activity-operations";
import { CountSetter } from "./count-setter";
import { deletePolicy, describePolicies, putPolicy } from "./policy-operations";
import type { ScalingCloudWatch, ScalingServices } from "./ports";
import { Scaler } from "./scaler";
import type { ScalingPorts } from "./scaling-ports";
import { ScalingStore } from "./scaling-store";
import { deregisterTarget, describeTargets, registerTarget, tagChanges, taggedTarget } from "./target-operations";

export interface AutoscalingOptions {
  readonly clock: SandboxClock;
  readonly moto: Pick<Moto, "call">;
  readonly services: ScalingServices;
  /** Made by `scalingCloudWatch`. */
  readonly cloudWatch: ScalingCloudWatch;
}

const service = "application-autoscaling";

/** Application Auto Scaling for ECS services: keeps their counts where policies want them. */
export function createAutoscaling({ clock, moto, services, cloudWatch }: AutoscalingOptions): { api: ServiceApi } {
  const store = new ScalingStore();
  const counts = new CountSetter({ clock, services, store });
  const ports: ScalingPorts = { clock, services, store, counts, cloudWatch };
  const scaler = new Scaler(ports);
  cloudWatch.onAlarm((firing) => scaler.onAlarm(firing));

  const toMoto = (operation: string, input: Input, { account, region }: Caller): Promise<Answer> =>
    moto.call({ account, region }, service, `AnyScaleFrontendService.${operation}`, input);

  const ofEcs = (operation: string, work: Work): [string, Operation] => [
    operation,
    {
      kind: "own",
      answer: (input, caller) =>
        input["ServiceNamespace"] === "ecs" ? work(ports, input, caller) : toMoto(operation, input, caller),
    },
  ];

  const ofTags = ([operation, change]: [string, TagChange]): [string, Operation] => [
    operation,
    {
      kind: "own",
      answer(input, caller) {
        const target = taggedTarget(ports, input, caller);
        if (!target) return toMoto(operation, input, caller);
        const tags = change(target.tags, input);
        store.saveTarget({ ...target, tags });
        return operation === "ListTagsForResource" ? { Tags: tags } : {};
      },
    },
  ];

  return {
    api: {
      service,
      reason: "moto keeps targets and policies and never scales anything",
      operations: Object.fromEntries([
        ...Object.entries(operations).map(([name, work]) => ofEcs(name, work)),
        ...Object.entries(tagChanges).map(ofTags),
      ]),
    },
  };
}

type Work = (ports: ScalingPorts, input: Input, caller: Caller) => Promise<Answer> | Answer;
type TagChange = (typeof tagChanges)[keyof typeof tagChanges];

/** Of services of ECS; those of others are moto's, as are scheduled actions, which nothing here carries out. */
const operations = {
  RegisterScalableTarget: registerTarget,
  DeregisterScalableTarget: deregisterTarget,
  DescribeScalableTargets: describeTargets,
  PutScalingPolicy: putPolicy,
  DeleteScalingPolicy: deletePolicy,
  DescribeScalingPolicies: describePolicies,
  DescribeScalingActivities: describeActivities,
} as const satisfies Record<string, Work>;
