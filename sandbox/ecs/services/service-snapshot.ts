import type { ServiceSnapshot } from "../../model/snapshot";
import type { Tasks } from "../../model/tasks";
import type { ServiceRecord } from "./service-record";
import { lastPart } from "./service-book";
import { viewOf } from "./service-view";

const eventsShown = 5;

/** The service for the live page. */
export function snapshotOf(record: ServiceRecord, tasks: Pick<Tasks, "list">): ServiceSnapshot {
  const service = viewOf(record, tasks);
  return {
    account: service.account,
    cluster: service.clusterName,
    name: service.name,
    desired: service.desiredCount,
    running: service.runningCount,
    pending: service.pendingCount,
    deployments: service.deployments.map((one) => ({
      id: one.id,
      status: one.status,
      rolloutState: one.rolloutState,
      taskDefinition: lastPart(one.revision.taskDefinition),
      desired: one.desiredCount,
      running: one.runningCount,
      pending: one.pendingCount,
      failed: one.failedTasks,
      ...(one.shift && one.rolloutState === "IN_PROGRESS" ? { stage: one.shift.stage } : {}),
    })),
    events: service.events
      .slice(0, eventsShown)
      .map(({ createdAt, message }) => ({ at: createdAt.toISOString(), message })),
  };
}
