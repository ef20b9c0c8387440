import type { AlarmView, CheckResult, CrashView, Peers } from "./observed";
import type { Cause } from "./cause";
import type { Action } from "./action";

/** Of a service deployment; the last four are final. ECS developer guide, "View service history". */
export type NativeStatus =
  | "PENDING"
  | "IN_PROGRESS"
  | "STOP_REQUESTED"
  | "ROLLBACK_REQUESTED"
  | "ROLLBACK_IN_PROGRESS"
  | "SUCCESSFUL"
  | "STOPPED"
  | "ROLLBACK_SUCCESSFUL"
  | "ROLLBACK_FAILED";

/** Stages of a deployment that shifts, in their order (`DeploymentLifecycleHook` in the API reference). */
export const nativeStages = [
  "RECONCILE_SERVICE",
  "PRE_SCALE_UP",
  "SCALE_UP",
  "POST_SCALE_UP",
  "TEST_TRAFFIC_SHIFT",
  "POST_TEST_TRAFFIC_SHIFT",
  "PRE_PRODUCTION_TRAFFIC_SHIFT",
  "PRODUCTION_TRAFFIC_SHIFT",
  "POST_PRODUCTION_TRAFFIC_SHIFT",
  "BAKE_TIME",
  "CLEAN_UP",
] as const;
export type NativeStage = (typeof nativeStages)[number];

/** A hook of the stage that a deployment is in. */
export interface HookView {
  readonly id: string;
  readonly kind: "PAUSE" | "AWS_LAMBDA";
  readonly status: "AWAITING_ACTION" | "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** ISO 8601. */
  readonly expiresAt: string | null;
  readonly otherwise: "ROLLBACK" | "CONTINUE";
}

/** A revision of a service, as far as a deployment tells of it. */
export interface RevisionView {
  readonly arn: string;
  readonly wanted: number;
  readonly running: number;
  /** Share of the requests of clients, in percent. */
  readonly production: number;
}

/** A service deployment of ECS' own controller (DescribeServiceDeployments). */
export interface NativeDeployment {
  readonly arn: string;
  readonly status: NativeStatus;
  readonly statusReason: string;
  /** Null before the first stage, and for a service that rolls. */
  readonly stage: NativeStage | null;
  readonly target: RevisionView;
  readonly sources: readonly RevisionView[];
  readonly hooks: readonly HookView[];
  /** Why ECS goes back, or has gone. */
  readonly rollbackReason: string | null;
  readonly triggeredAlarms: readonly string[];
  /** Tasks of it that failed, by ECS' own count. */
  readonly failures: number;
}

/** What is known now of a release whose traffic ECS shifts. */
export type NativeObserved =
  | { readonly kind: "blind"; readonly since: string; readonly error: string; readonly peers: Peers }
  | {
      readonly kind: "seen";
      readonly peers: Peers;
      /** The one that the release follows, or the newest before it has one; null when there is none. */
      readonly deployment: NativeDeployment | null;
      readonly alarms: readonly AlarmView[];
      /** Only right after the action `check`. */
      readonly checks?: CheckResult;
      /** What the action before came to when it failed for good; only right after it. */
      readonly failure?: Cause;
      /** Why tasks of the deployment stop. */
      readonly crash?: CrashView;
    };

/** The actions that ECS' own controller leaves to the driver, and two that only it knows. */
export type NativeAction =
  | Exclude<Action, { kind: "scale" | "weigh" }>
  /** ECS: past a pause. */
  | { readonly kind: "continue"; readonly deployment: string; readonly hookId: string }
  /** ECS: back to the revision before, which is a matter of weights as long as its tasks run. */
  | { readonly kind: "take-back"; readonly deployment: string };
