import type { Tasks } from "../../model/tasks";
import type { ServiceRecord } from "../services/service-record";
import type { Stop } from "./decide-rolling";
import { say } from "./event-log";
import { eventTexts, stopReasons } from "./event-texts";

/** Stops them and says why: first what is wrong with them, then all in one message. */
export function stopTasks(
  record: ServiceRecord,
  stops: readonly Stop[],
  tasks: Pick<Tasks, "stop">,
  now: Date,
): ServiceRecord {
  if (stops.length === 0) return record;
  for (const stop of stops) tasks.stop(stop.task.id, { code: "ServiceSchedulerInitiated", text: reasonOf(stop) });
  const complaints = stops.flatMap((stop) => complaintOf(record.name, stop));
  const running = stops.map(({ task }) => task.id);
  return say(record, now, ...complaints, eventTexts.stopped(record.name, running));
}

function reasonOf({ task, because }: Stop): string {
  switch (because?.kind) {
    case undefined:
      return stopReasons.scaling(task.deploymentId);
    case "container":
      return stopReasons.container();
    case "target":
      return stopReasons.target(because.group);
  }
}

function complaintOf(service: string, { task, because }: Stop): readonly string[] {
  switch (because?.kind) {
    case undefined:
      return [];
    case "container":
      return [eventTexts.unhealthyContainer(service, task.id)];
    case "target":
      return [eventTexts.unhealthyTarget(service, task.id, because.port, because.group, because.reason)];
  }
}
