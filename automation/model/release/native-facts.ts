import type { Stand } from "./fold";
import type { JournalFact } from "./journal";
import { nativeStages, type HookView, type NativeDeployment, type NativeObserved, type NativeStage } from "./native";
import type { ServicePlan } from "./plan";

/** All that a decision about a release is made from whose traffic ECS shifts. */
export interface NativeScene {
  readonly plan: ServicePlan;
  readonly observed: NativeObserved;
  readonly stand: Stand;
  /** Milliseconds since 1970, by the clock of the cloud. */
  readonly now: number;
}

export type SeenNative = Extract<NativeObserved, { kind: "seen" }>;

/** ECS has decided to end the deployment. */
export const isGoingBack = ({ status }: NativeDeployment): boolean =>
  status === "STOP_REQUESTED" || status === "ROLLBACK_REQUESTED" || status === "ROLLBACK_IN_PROGRESS";

/** Nothing more comes of the deployment. */
export const isFinal = (deployment: NativeDeployment): boolean =>
  deployment.status !== "PENDING" && deployment.status !== "IN_PROGRESS" && !isGoingBack(deployment);

export const isPast = ({ stage, status }: NativeDeployment, before: NativeStage): boolean =>
  status === "SUCCESSFUL" || (stage !== null && nativeStages.indexOf(stage) > nativeStages.indexOf(before));

/** The pause at which ECS waits for somebody. */
export const waitingHook = ({ hooks }: NativeDeployment): HookView | undefined =>
  hooks.find(({ kind, status }) => kind === "PAUSE" && status === "AWAITING_ACTION");

/** What is waited for, and what comes of it when nobody says anything. */
export const pauseText = ({ stage, hookId, until, otherwise }: Extract<JournalFact, { kind: "paused" }>): string =>
  `ECS waits at ${stage === "" ? "a pause" : stage} (${hookId}) for \`slipway release continue\` or \`abort\`` +
  (until === null ? "" : `, until ${until}: then it ${otherwise === "CONTINUE" ? "goes on" : "goes back"}`);

/** Why ECS goes back, in its own words. */
export const reasonOf = ({ rollbackReason, statusReason, triggeredAlarms }: NativeDeployment): string =>
  [rollbackReason ?? statusReason, triggeredAlarms.length === 0 ? "" : `alarms: ${triggeredAlarms.join(", ")}`]
    .filter((text) => text !== "")
    .join("; ") || "it gives no reason";

/** `PRODUCTION_TRAFFIC_SHIFT: 20 % of the traffic, 3 of 3 tasks run`. */
export const textOf = ({ stage, target, status }: NativeDeployment): string =>
  `${stage ?? status}: ${target.production} % of the traffic, ${target.running} of ${target.wanted} tasks run`;

/** ECS shows a deployment a moment after it was started. */
export const appearsWithinMs = 60_000;
