import type { Hook, LifecycleStage } from "./model";

interface Stage {
  /** Kinds of hooks that may be set for it. */
  readonly hooks: readonly Hook["targetType"][];
}

const both = ["AWS_LAMBDA", "PAUSE"] as const;

/**
 * The stages in their order ("DeploymentLifecycleHook" in the API reference). A stage with a traffic shift runs again in a
 * rollback, with its hooks; all others are passed once, except that LINEAR and CANARY repeat the two production shifts for
 * every step.
 */
export const stages = {
  RECONCILE_SERVICE: { hooks: both },
  PRE_SCALE_UP: { hooks: both },
  SCALE_UP: { hooks: [] },
  POST_SCALE_UP: { hooks: both },
  TEST_TRAFFIC_SHIFT: { hooks: ["AWS_LAMBDA"] },
  POST_TEST_TRAFFIC_SHIFT: { hooks: both },
  PRE_PRODUCTION_TRAFFIC_SHIFT: { hooks: both },
  PRODUCTION_TRAFFIC_SHIFT: { hooks: ["AWS_LAMBDA"] },
  POST_PRODUCTION_TRAFFIC_SHIFT: { hooks: both },
  BAKE_TIME: { hooks: [] },
  CLEAN_UP: { hooks: [] },
} as const satisfies Record<LifecycleStage, Stage>;

const order = Object.keys(stages) as LifecycleStage[];

/** Undefined after the last one. */
export function stageAfter(stage: LifecycleStage): LifecycleStage | undefined {
  return order[order.indexOf(stage) + 1];
}

/** A stage of its own takes this long at most, a step of a production shift too; "blue/green deployments" in the guide. */
export const stageLimitMs = 24 * 3_600_000;

/** A deployment takes this long at most, its pauses included. */
export const deploymentLimitMs = 30 * 24 * 3_600_000;
