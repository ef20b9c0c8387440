import { primaryOf, type ServiceRecord } from "../services/service-record";
import { decideRolling, type Decision } from "./decide-rolling";
import { decideShift } from "./decide-shift";
import { blueOf } from "./shift-turn";
import type { TaskFact } from "./task-facts";

/** What is to be done with the tasks of a service now. */
export function decide(record: ServiceRecord, tasks: readonly TaskFact[], now: Date): Decision {
  if (record.status !== "ACTIVE") return stopAll(tasks);
  const primary = primaryOf(record);
  const { startNotBefore, plan } = primary.watch;
  const mayStart = startNotBefore === undefined || startNotBefore <= now;
  const { desiredCount: desired } = record;
  if (plan && primary.shift && primary.rolloutState !== "COMPLETED") {
    const blueId = blueOf(record)?.id;
    return decideShift({ desired, greenId: primary.id, blueId, mayStart, wanted: primary.shift.tasks, tasks });
  }
  const { minimumHealthyPercent, maximumPercent } = record.deploymentConfiguration;
  const isFrozen = primary.rolloutState === "FAILED";
  return decideRolling({
    desired,
    minimumHealthyPercent,
    maximumPercent,
    primaryId: primary.id,
    mayStart,
    isFrozen,
    tasks,
  });
}

const stopAll = (tasks: readonly TaskFact[]): Decision => ({
  starts: [],
  stops: tasks
    .filter(({ phase }) => phase === "starting" || phase === "running")
    .map((task) => ({ task, because: undefined })),
  isStuck: false,
});
