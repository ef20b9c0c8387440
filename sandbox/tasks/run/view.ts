import type { TaskView } from "../../model/tasks";
import { taskHealth, type TaskState } from "../life/task-state";

/** What others may know of a task. */
export function viewOf(state: TaskState, use: TaskView["use"] = { cpuPercent: 0, memoryPercent: 0 }): TaskView {
  const { account, region, id, arn, order, dates, containers } = state;
  return {
    account,
    region,
    id,
    arn,
    clusterArn: order.clusterArn,
    taskDefinitionArn: order.taskDefinitionArn,
    group: order.group,
    startedBy: order.startedBy,
    lastStatus: state.status,
    desiredStatus: state.desired,
    health: taskHealth(containers),
    hasHealthCheck: containers.some((one) => one.essential && one.hasHealthCheck),
    hasEssentialEnded: containers.some((one) => one.essential && one.lastStatus === "STOPPED"),
    ip: state.attachment?.ip,
    createdAt: dates.createdAt,
    startedAt: dates.startedAt,
    stoppedAt: dates.stoppedAt,
    stopCode: state.stopCode,
    stoppedReason: state.stoppedReason,
    zone: state.zone,
    containers: containers.map(({ name, image, knownTag, imageDigest, exitCode, reason, ports }) => ({
      name,
      image,
      ...(knownTag === undefined ? {} : { knownTag }),
      imageDigest,
      exitCode,
      reason,
      ports,
    })),
    use,
  };
}
