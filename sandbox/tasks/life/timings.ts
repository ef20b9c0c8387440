/**
 * How long the steps of a task last, in milliseconds of the sandbox's time. AWS promises none of them: each is one
 * sample of the developer guide (DG) or of a field report, and they add up to the 23.7 s from createdAt to startedAt
 * in the guide's sample event.
 */
export const taskTimes = {
  /** createdAt to connectivityAt: 4 s (DG, ecs_cwe_events). */
  attachMs: 4_000,
  /** connectivityAt to pullStartedAt: 13.7 s (same sample); roles and secrets are fetched at its end. */
  agentMs: 13_700,
  /** Pull of an image that is there: 3 s (same sample; field reports up to 21 s). */
  pullMs: 3_000,
  /** pullStoppedAt to startedAt: 3 s (same sample). */
  startMs: 3_000,
  /** What ECS retries before it gives up: attempts of a failing pull come 2 min 14 s apart, all other steps taken off. */
  retriesMs: 84_000,
  /** A program that cannot start ends within a second; the task is RUNNING by then. */
  crashMs: 1_000,
  /** A container that only runs a command, a migration for example, ends after this. Ours: the guide has no figure. */
  commandMs: 20_000,
  /** A program has ended to its task being stopped: 31 s in the field, less 10 s of the scheduler's own round. */
  exitNoticeMs: 21_000,
  /** A listener that takes a task out of its load balancer may wait as long as a target may drain, and a bit. */
  deactivatingLimitMs: 3_660_000,
  /** executionStoppedAt to stoppedAt: 22.6 s (field). */
  deprovisionMs: 22_600,
  /** Stopped tasks are told for at least an hour (API reference, DescribeTasks). */
  visibleMs: 3_600_000,
  /** SIGTERM to SIGKILL where the definition says nothing (API reference, ContainerDefinition stopTimeout). */
  stopTimeoutMs: 30_000,
  /** Wait for a container that others depend on: 3 minutes on Fargate where the definition says nothing. */
  startTimeoutMs: 180_000,
  /** How often running programs are asked whether they crash, and their use is measured. */
  patrolMs: 5_000,
} as const;
