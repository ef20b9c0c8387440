import { primaryOf, withDeployment, withWatch, type ServiceRecord, type Watch } from "../services/service-record";
import { sayOnce, say } from "./event-log";
import { eventTexts } from "./event-texts";
import type { TaskFact } from "./task-facts";
import { timings } from "./timings";
import type { Turn } from "./turn";

/**
 * Counts what has become of the tasks of the newest deployment: "How the Amazon ECS deployment circuit breaker detects
 * failures" and "Service throttle logic" in the developer guide.
 */
export function notice(record: ServiceRecord, tasks: readonly TaskFact[], now: Date): Turn {
  const primary = primaryOf(record);
  const own = tasks.filter(({ deploymentId }) => deploymentId === primary.id);
  const ids = new Set(own.map(({ id }) => id));
  const known = { failed: primary.watch.failed.filter((id) => ids.has(id)), proven: primary.watch.proven };
  const before: Watch = { ...primary.watch, ...known, proven: known.proven.filter((id) => ids.has(id)) };
  const resets = record.deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask;
  const watch = [...own]
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .reduce<Watch>((counted, task) => count(counted, task, resets, now), before);

  const isRunning = primary.rolloutState === "IN_PROGRESS";
  const failed = own.filter(({ id }) => watch.failed.includes(id) && !before.failed.includes(id));
  const counts = { failures: isRunning ? watch.failures : before.failures };
  let next = withWatch(record, primary.id, { ...watch, ...counts });
  next = withDeployment(next, primary.id, { failedTasks: counts.failures });
  next = say(next, now, ...failed.flatMap((task) => notPlaced(record.name, task)));
  if (watch.startFailures > 1 && failed.length > 0) {
    next = sayOnce(next, now, eventTexts.inconsistentStarts(record.name));
  }
  return {
    record: next,
    news: failed.length > 0 && isRunning ? [{ kind: "progressed", deploymentId: primary.id }] : [],
  };
}

function count(watch: Watch, task: TaskFact, resets: boolean, now: Date): Watch {
  if (task.isHealthy && !watch.proven.includes(task.id)) {
    return {
      ...watch,
      proven: [...watch.proven, task.id],
      failures: resets ? 0 : watch.failures,
      startFailures: 0,
      startNotBefore: undefined,
    };
  }
  if (!isFailure(task, watch)) return watch;
  const startFailures = task.hasRun ? 0 : watch.startFailures + 1;
  return {
    ...watch,
    failed: [...watch.failed, task.id],
    failures: watch.failures + 1,
    startFailures,
    startNotBefore: startFailures > 0 ? new Date(now.getTime() + backOff(startFailures)) : undefined,
  };
}

/** A task that somebody stopped has not failed; one that was healthy before fails by a check only, not by its end. */
function isFailure(task: TaskFact, { failed, proven }: Watch): boolean {
  if (failed.includes(task.id)) return false;
  if (task.sickness) return true;
  const hasEnded = task.phase === "leaving" || task.phase === "gone";
  return hasEnded && !proven.includes(task.id) && endsByItself.has(task.stopCode);
}

const endsByItself: ReadonlySet<TaskFact["stopCode"]> = new Set(["TaskFailedToStart", "EssentialContainerExited"]);

function backOff(failures: number): number {
  const { startBackOff } = timings;
  return startBackOff[Math.min(failures, startBackOff.length) - 1] ?? 0;
}

const notPlaced = (service: string, { stopCode, stoppedReason }: TaskFact): readonly string[] =>
  stopCode === "TaskFailedToStart" && stoppedReason ? [eventTexts.notPlaced(service, stoppedReason)] : [];
