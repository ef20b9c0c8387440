import type { ServiceDeployment, ServiceDeploymentLifecycleStage, ServiceRevisionSummary } from "@aws-sdk/client-ecs";
import {
  nativeStages,
  type HookView,
  type NativeDeployment,
  type NativeStage,
  type RevisionView,
} from "../model/release/native";

/** A service deployment as the API tells it. What it leaves out is nothing, not wrong. */
export function nativeDeployment(found: ServiceDeployment): NativeDeployment {
  const { alarms, deploymentCircuitBreaker, rollback } = found;
  return {
    arn: found.serviceDeploymentArn ?? "",
    status: found.status ?? "PENDING",
    statusReason: found.statusReason ?? "",
    stage: stageOf(found.lifecycleStage),
    target: revisionView(found.targetServiceRevision),
    sources: (found.sourceServiceRevisions ?? []).map(revisionView),
    hooks: (found.lifecycleHookDetails ?? []).map(
      ({ hookId, targetType, status, expiresAt, timeoutAction }): HookView => ({
        id: hookId ?? "",
        kind: targetType === "PAUSE" ? "PAUSE" : "AWS_LAMBDA",
        status: status ?? "IN_PROGRESS",
        expiresAt: expiresAt?.toISOString() ?? null,
        otherwise: timeoutAction ?? "ROLLBACK",
      }),
    ),
    rollbackReason: rollback === undefined ? null : (rollback.reason ?? found.statusReason ?? ""),
    triggeredAlarms: alarms?.triggeredAlarmNames ?? [],
    failures: deploymentCircuitBreaker?.failureCount ?? 0,
  };
}

const revisionView = (found: ServiceRevisionSummary | undefined): RevisionView => ({
  arn: found?.arn ?? "",
  wanted: found?.requestedTaskCount ?? 0,
  running: found?.runningTaskCount ?? 0,
  production: found?.requestedProductionTrafficWeight ?? 0,
});

/** The SDK's list of stages may be longer or shorter than ours; one that nobody knows is none. */
const stageOf = (stage: ServiceDeploymentLifecycleStage | undefined): NativeStage | null =>
  nativeStages.find((known) => known === (stage as string | undefined)) ?? null;
