/**
 * Why a release does not go on. `text` is what the operator reads: the reasons of stopped tasks, the last log lines,
 * the state of targets. Nothing in it is a secret.
 */
export interface Cause {
  readonly kind: CauseKind;
  readonly text: string;
}

export type CauseKind =
  /** The engine could not put the new images in place. */
  | "provision-failed"
  /** Tasks of the new version stop again and again. */
  | "crash-loop"
  /** ECS gave up on the deployment and runs the old version again. */
  | "ecs-rolled-back"
  /** The new tasks were not healthy in time. */
  | "deadline"
  /** Targets of the new slot that were healthy are not any more. */
  | "unhealthy"
  /** An alarm of the release fires. */
  | "alarm"
  /** An answer was not as configuration expects it. */
  | "check-failed"
  /** The new version fails more often or is slower than the old one. */
  | "worse"
  /** Too few requests came to compare, until the end of the bake. */
  | "too-few-requests"
  /** Weights, counts or the deployment were changed by somebody else. */
  | "changed-elsewhere"
  /** AWS could not be asked for too long. */
  | "blind"
  /** Somebody wants it back: `slipway release abort`. */
  | "aborted"
  /** Another service of the same all-or-nothing release failed. */
  | "peer-failed"
  /** What the stack must remember could not be written. */
  | "commit-failed";
