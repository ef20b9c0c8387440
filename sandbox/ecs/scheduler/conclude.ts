import { primaryOf, withDeployment, withWatch, type ServiceRecord } from "../services/service-record";
import { forgetTold, say, sayOnce } from "./event-log";
import { eventTexts, rolloutReasons } from "./event-texts";
import type { TaskFact } from "./task-facts";
import { timings } from "./timings";
import type { Turn } from "./turn";

/** Tells the counts, drops what is replaced, and says that a deployment is complete or the service steady. */
export function conclude(record: ServiceRecord, tasks: readonly TaskFact[], now: Date): Turn {
  if (record.status === "DRAINING") return { record: withoutTasks(record, tasks), news: [] };
  const counted = withCounts(record, tasks);
  const primary = primaryOf(counted);
  const settled = isSettled(counted, tasks);
  if (primary.rolloutState === "IN_PROGRESS" && !primary.watch.plan) return finishRolling(counted, tasks, settled, now);
  return { record: steadied(withoutReplaced(counted, tasks), settled, now), news: [] };
}

/** Wanted tasks healthy, nobody else there or leaving. */
export function isSettled(record: ServiceRecord, tasks: readonly TaskFact[]): boolean {
  const { id } = primaryOf(record);
  const alive = tasks.filter(({ phase }) => phase !== "gone");
  const isRight = alive.every((task) => task.deploymentId === id && task.isHealthy && !task.sickness);
  return isRight && alive.length === record.desiredCount;
}

function finishRolling(record: ServiceRecord, tasks: readonly TaskFact[], settled: boolean, now: Date): Turn {
  const primary = primaryOf(record);
  const remaining = withoutReplaced(record, tasks);
  const isEnough = settled || isEarlySuccess(remaining, tasks);
  // A deployment that is to be given up does not get complete in the meantime.
  if (!isEnough || primary.watch.trip)
    return { record: withWatch(remaining, primary.id, { settledAt: undefined }), news: [] };
  const settledAt = primary.watch.settledAt ?? now;
  if (now.getTime() - settledAt.getTime() < bakeTime(record)) {
    return { record: withWatch(remaining, primary.id, { settledAt }), news: [] };
  }
  const outcome = primary.watch.isRollback ? "rolled-back" : "successful";
  const done = completed(remaining, now);
  return {
    record: settled ? steadied(withoutReplaced(done, tasks), true, now) : done,
    news: [{ kind: "finished", deploymentId: primary.id, outcome }],
  };
}

/** The newest deployment is what a later one rolls back to. */
export function completed(record: ServiceRecord, now: Date): ServiceRecord {
  const primary = primaryOf(record);
  const done = withDeployment(record, primary.id, {
    rolloutState: "COMPLETED",
    rolloutStateReason: rolloutReasons.completed(primary.id),
    failedTasks: 0,
    updatedAt: now,
  });
  const next = { ...done, isSteady: false, completed: { deploymentId: primary.id, revision: primary.revision } };
  return say(next, now, eventTexts.completed(record.name, primary.id));
}

/** "Alarm bake time" in the developer guide; a rollback has only its own. */
function bakeTime(record: ServiceRecord): number {
  const { watch } = primaryOf(record);
  if (watch.isRollback) return timings.rollbackSettle;
  const own = record.deploymentConfiguration.bakeTimeInMinutes * 60_000;
  return Math.max(own, watch.alarms.length > 0 ? timings.alarmBake : 0);
}

/** API_DeploymentEarlySuccessCriteria: rolling updates only. */
function isEarlySuccess(record: ServiceRecord, tasks: readonly TaskFact[]): boolean {
  const criteria = record.deploymentConfiguration.earlySuccessCriteria;
  if (!criteria?.enable) return false;
  const primary = primaryOf(record);
  const healthy = tasks.filter(({ deploymentId, isHealthy }) => deploymentId === primary.id && isHealthy).length;
  if (healthy < Math.ceil((record.desiredCount * (criteria.healthyPercent ?? 100)) / 100)) return false;
  return criteria.sourceServiceRevisionCleanup === "DEFERRED" || record.deployments.length === 1;
}

function steadied(record: ServiceRecord, settled: boolean, now: Date): ServiceRecord {
  if (primaryOf(record).rolloutState !== "COMPLETED" || !settled) return { ...record, isSteady: false };
  const message = eventTexts.steady(record.name);
  if (!record.isSteady) {
    const fresh = say(forgetTold(record), now, message);
    return { ...fresh, isSteady: true, told: { [message]: now } };
  }
  return sayOnce(record, now, message);
}

/** `desiredCount` of each deployment, a step after it was asked for; one that is replaced wants what it still has. */
function withCounts(record: ServiceRecord, tasks: readonly TaskFact[]): ServiceRecord {
  const wanted = (id: string): number =>
    tasks.filter(({ deploymentId, phase }) => deploymentId === id && (phase === "running" || phase === "starting"))
      .length;
  const deployments = record.deployments.map((one) => {
    const desiredCount = one.status === "PRIMARY" ? record.desiredCount : wanted(one.id);
    return desiredCount === one.desiredCount ? one : { ...one, desiredCount };
  });
  return { ...record, deployments };
}

/** A replaced deployment leaves the list with its last task; a failed one stays until the way back is done. */
function withoutReplaced(record: ServiceRecord, tasks: readonly TaskFact[]): ServiceRecord {
  const isOver = primaryOf(record).rolloutState !== "IN_PROGRESS";
  const deployments = record.deployments.filter(
    ({ id, status, rolloutState }) =>
      status === "PRIMARY" ||
      tasks.some(({ deploymentId, phase }) => deploymentId === id && phase !== "gone") ||
      (rolloutState === "FAILED" && !isOver),
  );
  return { ...record, deployments };
}

/** DeleteService: "when all tasks have transitioned to either STOPPING or STOPPED state, the service is INACTIVE". */
function withoutTasks(record: ServiceRecord, tasks: readonly TaskFact[]): ServiceRecord {
  const isEmpty = tasks.every(({ status }) => stopping.has(status));
  return isEmpty ? { ...record, status: "INACTIVE", deployments: [] } : record;
}

const stopping: ReadonlySet<TaskFact["status"]> = new Set(["STOPPING", "DEPROVISIONING", "STOPPED"]);
