import { z } from "zod";
import { type FaultKind, kind, taskOptions, type ValueOf } from "./kind";

const seconds: ValueOf<number> = { name: "seconds", schema: z.coerce.number().min(0).max(86_400) };

const after: ValueOf<number> = { name: "seconds", schema: z.coerce.number().min(0).max(86_400).default(0) };

/** POSIX: 8 bits. */
const exitCode: ValueOf<number> = { name: "exit code", schema: z.coerce.number().int().min(0).max(255).default(1) };

/** TABLE of what the program in a task does wrong. Times are the sandbox's, but for `latency`. */
export const taskKinds = {
  "crash-at-start": kind<number>({
    group: "task",
    summary: "The program ends right after its start.",
    onAws: "A missing variable, a bad migration: `Essential container in task exited`.",
    value: exitCode,
    options: taskOptions,
    effect: (crashAtStart) => ({ crashAtStart }),
  }),
  "crash-after": kind<number>({
    group: "task",
    summary: "The program ends with exit code 1 so long after its start.",
    onAws: "A release that comes up well and falls over when it is used.",
    value: seconds,
    options: taskOptions,
    effect: (crashAfterSeconds) => ({ crashAfterSeconds }),
  }),
  "out-of-memory": kind<number>({
    group: "task",
    summary: "The container is killed for its memory, exit code 137, so long after its start.",
    onAws: "`OutOfMemoryError: Container killed due to memory usage`: more memory in the task definition.",
    value: after,
    options: taskOptions,
    effect: (outOfMemoryAfterSeconds) => ({ outOfMemoryAfterSeconds }),
  }),
  "never-healthy": kind({
    group: "task",
    summary: "Health and readiness paths answer 503.",
    onAws: "`Health checks failed with these codes: [503]`, tasks replaced for ever or a tripped circuit breaker.",
    options: taskOptions,
    effect: () => ({ isNeverHealthy: true }),
  }),
  "wrong-version": kind<string>({
    group: "task",
    summary: "The program claims another version than its image tag.",
    onAws: "A build that was tagged wrongly: rollout done, and the old program answers.",
    value: { name: "version", schema: z.union([z.string(), z.number()]).transform(String) },
    options: taskOptions,
    effect: (version) => ({ version }),
  }),
  "error-rate": kind<number>({
    group: "task",
    summary: "So many percent of the requests are answered with 500; health checks are not.",
    onAws: "HTTPCode_Target_5XX_Count rises while all targets are healthy.",
    value: { name: "percent", schema: z.coerce.number().min(0).max(100) },
    options: taskOptions,
    effect: (errorPercent) => ({ errorPercent }),
  }),
  latency: kind<number>({
    group: "task",
    summary: "Every answer comes so many milliseconds late (real ones); health checks do not.",
    onAws: "TargetResponseTime rises while all targets are healthy.",
    value: { name: "milliseconds", schema: z.coerce.number().min(0).max(120_000) },
    options: taskOptions,
    effect: (latencyMs) => ({ latencyMs }),
  }),
  "slow-start": kind<number>({
    group: "task",
    summary: "The program listens only so long after its start.",
    onAws: "Migrations at start: longer than the grace period, and the task is killed before it is up.",
    value: seconds,
    options: taskOptions,
    effect: (slowStartSeconds) => ({ slowStartSeconds }),
  }),
  "hang-on-shutdown": kind({
    group: "task",
    summary: "The program does not end on SIGTERM.",
    onAws: "SIGKILL after the stop timeout: exit code 137, and every deployment takes longer by it.",
    options: taskOptions,
    effect: () => ({ hangsOnShutdown: true }),
  }),
  "database-unreachable": kind({
    group: "task",
    summary: "Connections to the database time out: readiness answers 503.",
    onAws: "The database's security group does not let 5432 in from the service's.",
    options: taskOptions,
    effect: () => ({ hasNoDatabase: true }),
  }),
} as const satisfies Record<string, FaultKind>;
