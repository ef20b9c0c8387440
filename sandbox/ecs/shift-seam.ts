import type { Deployment, EcsService, LoadBalancer } from "./model";

/** In order; `PRE_PRODUCTION_TRAFFIC_SHIFT` is a stage of hooks only, the API never tells it as `lifecycleStage`. */
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

/** One side of a shift. */
export interface Side {
  readonly deployment: Deployment;
  /** PENDING up to RUNNING: what counts against its wanted number. */
  readonly total: number;
  /** As section "healthy" of the rolling arithmetic counts them. */
  readonly healthy: number;
}

/** What a shift is decided from, at every step of the scheduler while a BLUE_GREEN, LINEAR or CANARY deployment runs. */
export interface ShiftFacts {
  readonly now: Date;
  /** With the deployment configuration that holds now. */
  readonly service: EcsService;
  readonly green: Side;
  /** Undefined for the first deployment of a service. */
  readonly blue: Side | undefined;
  /** How many revisions were ACTIVE when it started. */
  readonly revisionsAtStart: number;
  /** Load balancers of the green revision that have an `advancedConfiguration`. */
  readonly loadBalancers: readonly LoadBalancer[];
  /** Watched deployment alarms that are in ALARM. */
  readonly firing: readonly string[];
  /** Somebody wants it back: StopServiceDeployment, or a newer deployment. */
  readonly rollbackRequested: string | undefined;
}

/** Percent of the traffic; adds up to 100. */
export interface Share {
  readonly blue: number;
  readonly green: number;
}

/** What the scheduler does until the next step. It may ask again with equal facts: the answer must then be equal. */
export interface ShiftStep<State> {
  /** Kept with the deployment and handed back at the next step. */
  readonly state: State;
  readonly stage: LifecycleStage;
  /** Wanted numbers of tasks. */
  readonly greenCount: number;
  readonly blueCount: number;
  /** Weights of the production rules; undefined leaves them. */
  readonly productionWeights?: Share;
  /** Weights of the test rules; undefined leaves them. */
  readonly testWeights?: Share;
  /** From now on it goes back. */
  readonly rollback?: { readonly reason: string };
  /** Green has won, or blue has everything again and green is gone, or even that failed. */
  readonly outcome?: "completed" | "rolled-back" | "rollback-failed";
}

/** Decides how a deployment with two sides goes on. */
export interface ShiftController<State = unknown> {
  /** @param state undefined at the first step of a deployment */
  next(facts: ShiftFacts, state: State | undefined): ShiftStep<State>;
}
