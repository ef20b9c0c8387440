import type {
  ContainerDefinition,
  Deployment,
  DescribeTaskDefinitionCommandOutput,
  Service,
  Task,
} from "@aws-sdk/client-ecs";
import type { DeploymentView, ServiceView } from "../model/release/observed";
import type { StoppedTask, TaskDefinitionView } from "../ports/containers";

/** Of the hundred that ECS keeps. */
const mostEvents = 20;

/** An ECS service as DescribeServices answers. */
export const serviceView = (service: Service): ServiceView => ({
  serviceName: service.serviceName ?? "",
  status: service.status as ServiceView["status"],
  taskDefinition: service.taskDefinition ?? "",
  desired: service.desiredCount ?? 0,
  running: service.runningCount ?? 0,
  pending: service.pendingCount ?? 0,
  deployments: (service.deployments ?? []).map(deploymentView),
  events: (service.events ?? [])
    .slice(0, mostEvents)
    .map(({ createdAt, message }) => ({ at: isoOf(createdAt) ?? "", message: message ?? "" })),
});

/** One of its deployments. */
export const deploymentView = (deployment: Deployment): DeploymentView => ({
  id: deployment.id ?? "",
  status: deployment.status as DeploymentView["status"],
  // Absent where ECS' own controller does not deploy.
  rolloutState: deployment.rolloutState ?? null,
  rolloutStateReason: deployment.rolloutStateReason ?? "",
  taskDefinition: deployment.taskDefinition ?? "",
  desired: deployment.desiredCount ?? 0,
  running: deployment.runningCount ?? 0,
  pending: deployment.pendingCount ?? 0,
  failedTasks: deployment.failedTasks ?? 0,
  createdAt: isoOf(deployment.createdAt) ?? "",
});

/** Newest first; one that is still stopping is newer than all that have stopped. */
export const byStop = (tasks: readonly Task[]): readonly Task[] =>
  [...tasks].sort((one, other) => timeOf(other.stoppedAt) - timeOf(one.stoppedAt));

const timeOf = (date: Date | undefined): number => date?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** @param containers of its task definition, which say where it logged */
export function stoppedTask(task: Task, containers: readonly ContainerDefinition[]): StoppedTask {
  const arn = task.taskArn ?? "";
  return {
    arn,
    startedBy: task.startedBy ?? "",
    taskDefinition: task.taskDefinitionArn ?? "",
    stoppedAt: isoOf(task.stoppedAt) ?? null,
    stopCode: task.stopCode ?? null,
    stoppedReason: task.stoppedReason ?? "",
    containers: (task.containers ?? []).map(({ name = "", exitCode, reason }) => ({
      name,
      exitCode: exitCode ?? null,
      reason: reason ?? "",
      ...logsOf(
        containers.find((container) => container.name === name),
        arn,
      ),
    })),
  };
}

/** `prefix/container/task-id`; without a prefix Docker's own id is the name, which nobody is told (awslogs log driver). */
function logsOf(
  container: ContainerDefinition | undefined,
  taskArn: string,
): { readonly logGroup: string | null; readonly logStream: string | null } {
  const { logDriver, options = {} } = container?.logConfiguration ?? {};
  if (logDriver !== "awslogs") return { logGroup: null, logStream: null };
  const prefix = options["awslogs-stream-prefix"];
  const id = taskArn.split("/").at(-1) ?? "";
  return {
    logGroup: options["awslogs-group"] ?? null,
    logStream: prefix === undefined ? null : `${prefix}/${container?.name}/${id}`,
  };
}

/** What DescribeTaskDefinition answers, with its tags. */
export function taskDefinitionView({
  taskDefinition = {},
  tags = [],
}: Pick<DescribeTaskDefinitionCommandOutput, "taskDefinition" | "tags">): TaskDefinitionView {
  return {
    arn: taskDefinition.taskDefinitionArn ?? "",
    family: taskDefinition.family ?? "",
    revision: taskDefinition.revision ?? 0,
    status: taskDefinition.status as TaskDefinitionView["status"],
    images: Object.fromEntries(
      (taskDefinition.containerDefinitions ?? []).map(({ name, image }) => [name ?? "", image ?? ""]),
    ),
    version: tags.find(({ key }) => key === "Version")?.value ?? null,
    architecture: taskDefinition.runtimePlatform?.cpuArchitecture ?? "X86_64",
    executionRoleArn: taskDefinition.executionRoleArn ?? null,
  };
}

const isoOf = (date: Date | undefined): string | undefined => date?.toISOString();
