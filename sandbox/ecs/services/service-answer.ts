import type { Answer } from "../../model/service-api";
import type { Tasks } from "../../model/tasks";
import type { Deployment, EcsService, ServiceRevision } from "../model";
import { primaryOf, type ServiceRecord } from "./service-record";
import { viewOf } from "./service-view";

/** "Amazon ECS on Fargate" runs these as Linux. */
const platformFamily = "Linux";

/** Service as the API tells it. @param hasTags DescribeServices tells them only when asked */
export function serviceAnswer(record: ServiceRecord, tasks: Pick<Tasks, "list">, hasTags: boolean): Answer {
  const service = viewOf(record, tasks);
  const { revision } = service;
  const { plain } = record;
  const isLinked = revision.networkConfiguration !== undefined;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    loadBalancers: revision.loadBalancers,
    serviceRegistries: revision.serviceRegistries,
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: service.runningCount,
    pendingCount: service.pendingCount,
    launchType: revision.launchType,
    capacityProviderStrategy: revision.capacityProviderStrategy ?? [],
    platformVersion: plain.platformVersion,
    platformFamily,
    taskDefinition: revision.taskDefinition,
    deploymentConfiguration: service.deploymentConfiguration,
    taskSets: [],
    deployments: service.deployments.map(deploymentAnswer),
    roleArn: isLinked
      ? `arn:aws:iam::${service.account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`
      : undefined,
    events: service.events,
    createdAt: service.createdAt,
    ...revisionsAnswer(record, service),
    placementConstraints: plain.placementConstraints,
    placementStrategy: plain.placementStrategy,
    networkConfiguration: revision.networkConfiguration,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds,
    schedulingStrategy: plain.schedulingStrategy,
    deploymentController: { type: service.deploymentController },
    tags: hasTags ? service.tags : undefined,
    createdBy: record.createdBy,
    enableECSManagedTags: plain.enableECSManagedTags,
    propagateTags: plain.propagateTags,
    enableExecuteCommand: plain.enableExecuteCommand,
    availabilityZoneRebalancing: plain.availabilityZoneRebalancing,
    resourceManagementType: "CUSTOMER",
  };
}

function deploymentAnswer(one: Deployment): Answer {
  return {
    id: one.id,
    status: one.status,
    taskDefinition: one.revision.taskDefinition,
    desiredCount: one.desiredCount,
    pendingCount: one.pendingCount,
    runningCount: one.runningCount,
    failedTasks: one.failedTasks,
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
    ...computeOf(one.revision),
    platformVersion: one.revision.platformVersion,
    platformFamily,
    networkConfiguration: one.revision.networkConfiguration,
    rolloutState: one.rolloutState,
    rolloutStateReason: one.rolloutStateReason,
    ...one.revision.passive,
  };
}

const computeOf = ({ launchType, capacityProviderStrategy }: ServiceRevision): Answer =>
  capacityProviderStrategy ? { capacityProviderStrategy } : { launchType };

/** `currentServiceDeployment` is told while one is going on, `currentServiceRevisions` of every revision with tasks. */
function revisionsAnswer(record: ServiceRecord, { deployments }: EcsService): Answer {
  if (record.deployments.length === 0) return {};
  const { rolloutState, serviceDeploymentArn } = primaryOf(record);
  return {
    currentServiceDeployment: rolloutState === "IN_PROGRESS" ? serviceDeploymentArn : undefined,
    currentServiceRevisions: deployments.map(({ revision, desiredCount, runningCount, pendingCount }) => ({
      arn: revision.arn,
      requestedTaskCount: desiredCount,
      runningTaskCount: runningCount,
      pendingTaskCount: pendingCount,
    })),
  };
}
