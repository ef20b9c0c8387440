import type { Slot } from "../../../infra/releases";
import type { Cause } from "./cause";
import type { Weights } from "./plan";

/** An entry of `deployments` in DescribeServices. */
export interface DeploymentView {
  /** `ecs-svc/...` */
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE" | "INACTIVE";
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED" | null;
  readonly rolloutStateReason: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failedTasks: number;
  readonly createdAt: string;
}

/** An ECS service as DescribeServices shows it. */
export interface ServiceView {
  readonly serviceName: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly DeploymentView[];
  /** Newest first, at most 20. */
  readonly events: readonly { readonly at: string; readonly message: string }[];
}

/** A target as DescribeTargetHealth shows it. */
export interface TargetView {
  readonly id: string;
  readonly state: "initial" | "healthy" | "unhealthy" | "draining" | "unused" | "unavailable";
  /** `Target.Timeout`, `Target.ResponseCodeMismatch`, ... with its description; empty when healthy. */
  readonly reason: string;
}

export interface SlotView {
  readonly service: ServiceView;
  /** By target group, in the plan's order; empty without a load balancer or when not asked for. */
  readonly targets: readonly (readonly TargetView[])[];
}

/** The split that AWS has now, for each route of the plan. */
export interface RouteView {
  readonly arn: string;
  readonly weights: Weights;
}

export interface AlarmView {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA" | "MISSING";
  readonly reason: string;
}

/** One side of a comparison. */
export interface SideFigures {
  readonly requests: number;
  /** Answers with 5xx, of the target or of the load balancer for it. */
  readonly errors: number;
  /** Seconds; null without requests. */
  readonly latencyP95: number | null;
}

/** Both sides since the step began. */
export interface ComparisonView {
  readonly fresh: SideFigures;
  readonly old: SideFigures;
}

/** What came of the requests to one side. */
export type CheckResult =
  { readonly kind: "passed"; readonly names: readonly string[] } | { readonly kind: "failed"; readonly text: string };

/** How the services that are released together with this one are doing. */
export type Peers = "none" | "waiting" | "ready" | "failed";

/** What the next decision wants to know besides the services themselves, which are always asked for. */
export interface Needs {
  readonly targets: boolean;
  readonly routes: boolean;
  readonly alarms: boolean;
  /** Why tasks stop, when failures of the deployment have grown. */
  readonly crash: boolean;
  /** Figures of both sides since then (ISO 8601); null when nothing is compared now. */
  readonly comparisonSince: string | null;
}

/**
 * What is known now. Parts that a phase does not need are not asked for and absent (`needs.ts`). `blind`: AWS could not
 * be asked, since when.
 */
export type Observed =
  | { readonly kind: "blind"; readonly since: string; readonly error: string; readonly peers: Peers }
  | {
      readonly kind: "seen";
      readonly peers: Peers;
      readonly slots: Readonly<Partial<Record<Slot, SlotView>>>;
      readonly routes?: readonly RouteView[];
      readonly alarms?: readonly AlarmView[];
      readonly comparison?: ComparisonView;
      /** Only right after the action `check`. */
      readonly checks?: CheckResult;
      /** What the action before came to when it failed for good (engine, gate); only right after it. */
      readonly failure?: Cause;
      /** Why tasks of the new deployment stop; asked for when its failures grow. */
      readonly crash?: CrashView;
    };

/** What is known about tasks that stopped. */
export interface CrashView {
  /** Tasks of this deployment that have stopped by themselves. */
  readonly stopped: number;
  /** Finished text: reasons, exit codes, last log lines, target health. */
  readonly text: string;
}
