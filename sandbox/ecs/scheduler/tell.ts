import type { Tasks } from "../../model/tasks";
import type { DeploymentEvent, Monitors, MonitorStatus, RevisionCounts } from "../model";
import { primaryOf, type DeploymentRecord, type ServiceRecord } from "../services/service-record";
import { countsOf, tasksOf, viewOf } from "../services/service-view";
import { breakerThreshold } from "./limits";
import type { News } from "./turn";

/** What is told of a service deployment; undefined when it is not in the list any more. */
export function eventOf(
  record: ServiceRecord,
  news: News,
  tasks: Pick<Tasks, "list">,
  at: Date,
): DeploymentEvent | undefined {
  const deployment = record.deployments.find(({ id }) => id === news.deploymentId);
  if (!deployment) return undefined;
  const base = baseOf(record, deployment, tasks, at);
  switch (news.kind) {
    case "started":
      return { ...base, kind: "started" };
    case "progressed":
      return { ...base, kind: "progressed", ...(deployment.shift ? { shift: deployment.shift } : {}) };
    case "failed":
      return { ...base, kind: "failed", reason: news.reason, rollback: news.rollback };
    case "rollback-started":
      return { ...base, kind: "rollback-started", reason: news.reason, to: news.to };
    case "finished":
      return { ...base, kind: "finished", outcome: news.outcome };
  }
}

/** A new deployment is there; the scheduler has not looked at it yet. */
export function createdEvent(record: ServiceRecord, tasks: Pick<Tasks, "list">, at: Date): DeploymentEvent {
  const primary = primaryOf(record);
  return { ...baseOf(record, primary, tasks, at), kind: "created", revision: primary.revision };
}

function baseOf(record: ServiceRecord, deployment: DeploymentRecord, tasks: Pick<Tasks, "list">, at: Date) {
  const { serviceDeploymentArn, watch } = deployment;
  const isOriginal = (one: DeploymentRecord) =>
    one.serviceDeploymentArn === serviceDeploymentArn && !one.watch.isRollback;
  const original = watch.isRollback ? record.deployments.find(isOriginal) : deployment;
  const counts = countsIn(record, tasks);
  const sources = watch.isRollback ? [deployment.revision.arn] : watch.sources;
  return {
    at,
    serviceDeploymentArn,
    service: viewOf(record, tasks),
    target: counts(original?.revision.arn ?? watch.sources[0] ?? deployment.revision.arn),
    sources: sources.map(counts),
    monitors: monitorsOf(record, original ?? deployment),
  };
}

function countsIn(record: ServiceRecord, tasks: Pick<Tasks, "list">): (arn: string) => RevisionCounts {
  const own = tasksOf(record, tasks);
  return (arn) => {
    const deployment = record.deployments.find(({ revision }) => revision.arn === arn);
    const { runningCount, pendingCount } = countsOf(own.filter(({ startedBy }) => startedBy === deployment?.id));
    const weights = deployment?.shift;
    return {
      arn,
      requested: deployment?.desiredCount ?? 0,
      running: runningCount,
      pending: pendingCount,
      ...(weights ? { productionWeight: weights.production, testWeight: weights.test } : {}),
    };
  };
}

/** API_ServiceDeploymentCircuitBreaker and API_ServiceDeploymentAlarms. */
function monitorsOf(record: ServiceRecord, { rolloutState, watch }: DeploymentRecord): Monitors {
  const { deploymentCircuitBreaker, alarms } = record.deploymentConfiguration;
  const status = (isOn: boolean, isTriggered: boolean): MonitorStatus => {
    if (!isOn) return "DISABLED";
    if (isTriggered) return "TRIGGERED";
    return rolloutState === "IN_PROGRESS" ? "MONITORING" : "MONITORING_COMPLETE";
  };
  const breakerIsOn = deploymentCircuitBreaker.enable && !watch.plan;
  return {
    circuitBreaker: {
      status: status(breakerIsOn, watch.trip?.cause.kind === "breaker"),
      failureCount: watch.failures,
      threshold: breakerThreshold(record.desiredCount, deploymentCircuitBreaker.thresholdConfiguration),
    },
    alarms: {
      status: status(watch.alarms.length > 0, watch.triggered.length > 0),
      alarmNames: alarms.alarmNames,
      triggeredAlarmNames: watch.triggered,
    },
  };
}
