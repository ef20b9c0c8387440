import type { TaskStatus, TaskView, Tasks } from "../../model/tasks";
import type { Deployment, EcsService } from "../model";
import type { DeploymentRecord, ServiceRecord } from "./service-record";

const pending: ReadonlySet<TaskStatus> = new Set(["PROVISIONING", "PENDING", "ACTIVATING"]);

/** The service with the counts of its tasks as they are now. */
export function viewOf(record: ServiceRecord, tasks: Pick<Tasks, "list">): EcsService {
  const own = tasksOf(record, tasks);
  const of = (deploymentId: string) => own.filter(({ startedBy }) => startedBy === deploymentId);
  return {
    account: record.account,
    region: record.region,
    arn: record.arn,
    name: record.name,
    clusterArn: record.clusterArn,
    clusterName: record.clusterName,
    status: record.status,
    desiredCount: record.desiredCount,
    ...countsOf(own),
    deploymentConfiguration: record.deploymentConfiguration,
    deploymentController: record.deploymentController,
    healthCheckGracePeriodSeconds: record.healthCheckGracePeriodSeconds,
    deployments: record.deployments.map((one) => deploymentView(one, of(one.id))),
    events: record.events,
    revision: record.revision,
    createdAt: record.createdAt,
    tags: record.tags,
  };
}

function deploymentView(one: DeploymentRecord, tasks: readonly TaskView[]): Deployment {
  return {
    id: one.id,
    status: one.status,
    revision: one.revision,
    desiredCount: one.desiredCount,
    failedTasks: one.failedTasks,
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
    rolloutState: one.rolloutState,
    rolloutStateReason: one.rolloutStateReason,
    serviceDeploymentArn: one.serviceDeploymentArn,
    ...countsOf(tasks),
    ...(one.shift ? { shift: one.shift } : {}),
  };
}

/** Its tasks, those that stopped within the last hour too. */
export const tasksOf = (record: ServiceRecord, tasks: Pick<Tasks, "list">): readonly TaskView[] =>
  tasks.list(record, { clusterArn: record.clusterArn, group: `service:${record.name}` });

/** API_Service: tasks in RUNNING, and tasks that are to get there. */
export const countsOf = (tasks: readonly TaskView[]) => ({
  runningCount: tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
  pendingCount: tasks.filter(({ lastStatus }) => pending.has(lastStatus)).length,
});
