import { shiftPlan } from "../shifting/shift-plan";
import { targetGroupsOfNext } from "../shifting/target-groups";
import type { LoadBalancer, ServiceRevision } from "../model";
import { rolloutReasons } from "../scheduler/event-texts";
import { newServiceDeploymentArn, revisionArn, revisionId } from "./identifiers";
import type { RevisionSettings } from "./revision";
import { freshWatch, type DeploymentRecord, type ServiceRecord } from "./service-record";

type Undeployed = Omit<ServiceRecord, "revision" | "deployments"> & {
  readonly deployments: readonly DeploymentRecord[];
};

/** Puts a new deployment in front: the ones before are ACTIVE from now on, and drain. */
export function deploy(record: Undeployed, settings: RevisionSettings, now: Date): ServiceRecord {
  const id = revisionId();
  const serving = record.completed?.revision;
  const revision: ServiceRevision = {
    ...settings,
    id,
    arn: revisionArn(record, id),
    createdAt: now,
    targetGroups: targetGroupsOf(record, settings.loadBalancers, serving?.targetGroups ?? []),
  };
  const primary: DeploymentRecord = {
    id: `ecs-svc/${id}`,
    status: "PRIMARY",
    revision,
    desiredCount: 0,
    failedTasks: 0,
    createdAt: now,
    updatedAt: now,
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: rolloutReasons.inProgress(`ecs-svc/${id}`),
    serviceDeploymentArn: newServiceDeploymentArn(record),
    watch: {
      ...freshWatch,
      sources: record.deployments.map((one) => one.revision.arn),
      plan: record.deploymentController === "ECS" ? shiftPlan(record.deploymentConfiguration) : undefined,
    },
  };
  const before = record.deployments.map((one) => ({ ...one, status: "ACTIVE" as const }));
  return { ...record, revision, isSteady: false, deployments: [primary, ...before] };
}

/** A rolling deployment stays in the group that serves, a shifting one goes to the other of the pair. */
function targetGroupsOf(
  { deploymentConfiguration: { strategy } }: Undeployed,
  loadBalancers: readonly LoadBalancer[],
  serving: readonly string[],
): readonly string[] {
  if (strategy !== "ROLLING") {
    return targetGroupsOfNext(
      loadBalancers.map(({ targetGroupArn, advancedConfiguration }) => ({
        targetGroupArn,
        ...(advancedConfiguration ? { advancedConfiguration } : {}),
      })),
      serving,
    );
  }
  return loadBalancers.map(({ targetGroupArn, advancedConfiguration: pair }) =>
    pair && serving.includes(pair.alternateTargetGroupArn) ? pair.alternateTargetGroupArn : targetGroupArn,
  );
}
