import type { Answer } from "../../model/service-api";
import type { EcsService, Monitors, RevisionCounts } from "../model";
import type { HookRun } from "../shifting/model";
import { statuses, type ServiceDeploymentRecord } from "./model";

/** As ListServiceDeployments has it. */
export function tellBrief(record: ServiceDeploymentRecord): Answer {
  const { arn, serviceArn, clusterArn, createdAt, startedAt, finishedAt, status, statusReason, target } = record;
  return {
    serviceDeploymentArn: arn,
    serviceArn,
    clusterArn,
    createdAt,
    startedAt,
    finishedAt,
    targetServiceRevisionArn: target.arn,
    status,
    statusReason,
  };
}

/**
 * As DescribeServiceDeployments has it.
 *
 * @param service as it is now, for the counts of a deployment that goes on
 */
export function tellDeployment(
  record: ServiceDeploymentRecord,
  service: EcsService | undefined,
  hooks: readonly HookRun[],
): Answer {
  const { target, sources, rollback, stage, configuration } = record;
  const now = (counts: RevisionCounts) => (statuses[record.status].isFinal ? counts : live(counts, service));
  return {
    ...tellBrief(record),
    targetServiceRevisionArn: undefined,
    stoppedAt: record.stoppedAt,
    updatedAt: record.updatedAt,
    sourceServiceRevisions: sources.map((source) => tellCounts(now(source))),
    targetServiceRevision: tellCounts(now(target)),
    lifecycleStage: stage,
    lifecycleHookDetails: hooks.length > 0 ? hooks.map(tellHook) : undefined,
    deploymentConfiguration: configuration,
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: rollback.startedAt,
      serviceRevisionArn: rollback.revisionArn,
    },
    deploymentCircuitBreaker: record.monitors.circuitBreaker,
    alarms: tellAlarms(record.monitors.alarms),
  };
}

/** A revision may be run by two deployments: by the one that it was made for, and by a rollback to it. */
function live(counts: RevisionCounts, service: EcsService | undefined): RevisionCounts {
  const own = service?.deployments.filter(({ revision }) => revision.arn === counts.arn) ?? [];
  if (own.length === 0) return { ...counts, requested: 0, running: 0, pending: 0 };
  const sum = (count: "desiredCount" | "runningCount" | "pendingCount") =>
    own.reduce((total, deployment) => total + deployment[count], 0);
  return { ...counts, requested: sum("desiredCount"), running: sum("runningCount"), pending: sum("pendingCount") };
}

const tellCounts = ({ arn, requested, running, pending, testWeight, productionWeight }: RevisionCounts): Answer => ({
  arn,
  requestedTaskCount: requested,
  runningTaskCount: running,
  pendingTaskCount: pending,
  requestedTestTrafficWeight: testWeight,
  requestedProductionTrafficWeight: productionWeight,
});

const tellHook = ({ id, hook, status, expiresAt }: HookRun): Answer => ({
  hookId: id,
  targetType: hook.targetType,
  targetArn: hook.targetArn,
  status,
  expiresAt,
  timeoutAction: hook.timeoutAction,
});

/** AWS' sample of a service without alarms has the status alone. */
const tellAlarms = ({ status, alarmNames, triggeredAlarmNames }: Monitors["alarms"]): Answer =>
  status === "DISABLED" ? { status } : { status, alarmNames, triggeredAlarmNames };
