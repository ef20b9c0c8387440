import { primaryOf, type ServiceRecord } from "../services/service-record";
import { decideRolling, type Decision, type HeldDecision, type Stop } from "./decide-rolling";
import { decideShift } from "./decide-shift";
import { blueOf } from "./shift-turn";
import type { TaskFact } from "./task-facts";

/**
 * What is to be done with the tasks of a service now. A protected task goes only when it is sick, or with its service:
 * "Task scale-in protection" in the developer guide.
 */
export function decide(record: ServiceRecord, tasks: readonly TaskFact[], now: Date): HeldDecision {
  if (record.status !== "ACTIVE") return { ...stopAll(tasks), held: [] };
  const decision = decideActive(record, tasks, now);
  const isHeld = ({ task, because }: Stop): boolean => task.isProtected && because === undefined;
  return {
    ...decision,
    stops: decision.stops.filter((stop) => !isHeld(stop)),
    held: [...new Set(decision.stops.filter(isHeld).map(({ task }) => task.deploymentId))],
  };
}

function decideActive(record: ServiceRecord, tasks: readonly TaskFact[], now: Date): Decision {
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
