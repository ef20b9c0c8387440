/**
 * What a service deployment of the strategies BLUE_GREEN, LINEAR and CANARY is made of. Blue is the revision that serves
 * when it starts, green the one that is to serve.
 */

/** In order; see "Lifecycle stages" in `stages.ts`. */
export type LifecycleStage =
  | "RECONCILE_SERVICE"
  | "PRE_SCALE_UP"
  | "SCALE_UP"
  | "POST_SCALE_UP"
  | "TEST_TRAFFIC_SHIFT"
  | "POST_TEST_TRAFFIC_SHIFT"
  | "PRE_PRODUCTION_TRAFFIC_SHIFT"
  | "PRODUCTION_TRAFFIC_SHIFT"
  | "POST_PRODUCTION_TRAFFIC_SHIFT"
  | "BAKE_TIME"
  | "CLEAN_UP";

export type HookAction = "CONTINUE" | "ROLLBACK";

/** As the service has it, with the defaults filled in. */
export interface Hook {
  readonly targetType: "AWS_LAMBDA" | "PAUSE";
  /** Of a Lambda function; a pause has none. */
  readonly targetArn?: string;
  readonly stages: readonly LifecycleStage[];
  readonly timeoutMinutes: number;
  readonly timeoutAction: HookAction;
  readonly details?: unknown;
}

/** What the caller asked for, checked and with AWS' defaults; made by `shiftPlan`. */
export interface ShiftPlan {
  readonly strategy: "BLUE_GREEN" | "LINEAR" | "CANARY";
  /** Shares of production traffic that green gets one after another, the last one 100; `bakeMinutes` follow each. */
  readonly steps: readonly { readonly percent: number; readonly bakeMinutes: number }[];
  /** After all production traffic is on green. */
  readonly bakeMinutes: number;
  readonly hooks: readonly Hook[];
}

/** One run of a hook at one stage. */
export interface HookRun {
  /** `ecs-{hookType}-{id}`, as AWS wants it back; the same whenever it is asked for. */
  readonly id: string;
  readonly hook: Hook;
  readonly stage: LifecycleStage;
  readonly status: "AWAITING_ACTION" | "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  readonly expiresAt: Date;
  /** When a Lambda function is to be called (again); undefined while an answer is awaited, and for a pause. */
  readonly callAt?: Date | undefined;
  /** Passed from one call to the next. */
  readonly details?: unknown;
  /** Why it is FAILED or TIMED_OUT, as events and records have it. */
  readonly failure?: string;
}

/** How it ended. */
export type ShiftOutcome = "SUCCESSFUL" | "STOPPED" | "ROLLBACK_SUCCESSFUL" | "ROLLBACK_FAILED";

/** Where a deployment is. Plain data, a new object after every change. */
export interface ShiftState {
  readonly direction: "forward" | "back";
  readonly stage: LifecycleStage;
  readonly startedAt: Date;
  /** Into the stage, or into the step of PRODUCTION_TRAFFIC_SHIFT. */
  readonly enteredAt: Date;
  /** Index of the step of the plan that is being made, or is next. */
  readonly step: number;
  /** Percent of production traffic that green has. */
  readonly production: number;
  /** Percent of test traffic that green has. */
  readonly test: number;
  /** Of this stage. */
  readonly hooks: readonly HookRun[];
  /** Why it goes back or was stopped. */
  readonly reason?: string;
  readonly outcome?: ShiftOutcome;
}

/** What a Lambda function said. */
export interface HookAnswer {
  /** `SUCCEEDED`, `FAILED` or `IN_PROGRESS`; anything else, or nothing, is a failure. */
  readonly hookStatus?: string;
  /** Seconds. @default 30 */
  readonly callBackDelay?: number;
  readonly hookDetails?: unknown;
}

/** What is the case now. */
export interface ShiftFacts {
  readonly now: Date;
  /** Makes the ids of hooks its own. */
  readonly deploymentId: string;
  readonly plan: ShiftPlan;
  /** What `nextShift` said last; undefined at the start. */
  readonly state: ShiftState | undefined;
  /** Healthy tasks count only when every check passes that the service has. */
  readonly green: { readonly desired: number; readonly tasks: number; readonly healthy: number };
  /** Undefined for the first deployment of a service: nothing to go back to. */
  readonly blue: { readonly tasks: number } | undefined;
  /** Tasks of revisions that are neither: what an earlier deployment left behind. */
  readonly others: number;
  /** What failed it from outside: a watched alarm that has fired, the circuit breaker; `rollback` as its settings say. */
  readonly failure: { readonly kind: "alarm" | "circuit-breaker"; readonly rollback: boolean } | undefined;
  /** A weight could not be set. */
  readonly trouble?: string;
  /** Somebody has called StopServiceDeployment. */
  readonly stop: "ROLLBACK" | "ABORT" | undefined;
  /** By id of the hook's run. */
  readonly answers: Readonly<Record<string, HookAnswer>>;
  /** By id of the hook's run: ContinueServiceDeployment. */
  readonly continued: Readonly<Record<string, HookAction>>;
}

/** What is to be done now; all of it before the next look. */
export type ShiftOrder =
  /** Percent for green; blue has the rest. */
  | { readonly kind: "weights"; readonly listener: "production" | "test"; readonly green: number }
  | { readonly kind: "call-hook"; readonly run: HookRun };

export interface ShiftStep {
  readonly state: ShiftState;
  readonly orders: readonly ShiftOrder[];
  readonly tasks: WantedTasks;
}

/**
 * What becomes of the tasks of a revision: it has as many as the service wants (dead ones are replaced), none are started
 * or stopped any more, or all are stopped.
 */
export type TaskWish = "wanted" | "as-is" | "none";

export interface WantedTasks {
  readonly blue: TaskWish;
  readonly green: TaskWish;
  readonly others: TaskWish;
}

/** The decision, a pure function: `next-shift.ts`. */
export type NextShift = (facts: ShiftFacts) => ShiftStep;

/** Calls Lambda functions, or what stands in for them. A rejection is a function error: the hook has failed. */
export interface HookTargets {
  call(arn: string, event: Readonly<Record<string, unknown>>): Promise<HookAnswer>;
}

/** One load balancer of a service: whose weights are shifted, and which group has which tasks. See `target-groups.ts`. */
export interface ShiftedListener {
  /** ARN of a rule or a listener. */
  readonly production: string;
  readonly test?: string;
  readonly blue: string;
  readonly green: string;
}

/** What the scheduler tells at each of its steps. */
export interface ShiftRequest extends Pick<ShiftFacts, "green" | "blue" | "others" | "failure" | "stop"> {
  readonly serviceDeploymentArn: string;
  readonly serviceArn: string;
  readonly plan: ShiftPlan;
  readonly listeners: readonly ShiftedListener[];
  /** ARNs, for the events that hooks get. */
  readonly revisions: { readonly green: string; readonly blue: string | undefined };
}

/** What the scheduler is to do from now on, and what it may tell. */
export interface ShiftView extends Pick<ShiftStep, "tasks"> {
  readonly stage: LifecycleStage;
  readonly direction: "forward" | "back";
  /** Percent that green has. */
  readonly production: number;
  readonly test: number;
  /** Why it goes back or was stopped: what events and records say after "deployment failed: ". */
  readonly reason?: string;
  /** Set once it has ended; from then on `tasks` says how it is left. */
  readonly outcome?: ShiftOutcome;
}

/**
 * Takes deployments that shift through their stages: remembers where each is, sets weights, calls hooks. The scheduler asks
 * at each of its steps and makes the tasks follow; failures of tasks, weights and hooks are told by the answer, never thrown.
 */
export interface ShiftController {
  look(request: ShiftRequest): ShiftView;
  /** Hooks of the stage that the deployment is in; empty for one that is not known. */
  hooks(serviceDeploymentArn: string): readonly HookRun[];
  /** What the operator says about a pause; `not-waiting` when no such hook awaits an action. */
  continue(serviceDeploymentArn: string, hookId: string, action: HookAction): "done" | "not-waiting";
  /** The deployment has ended, or its service is gone. */
  forget(serviceDeploymentArn: string): void;
}
