import type { Answer } from "../../model/service-api";
import type { ContainerState, TaskState } from "../life/task-state";
import { taskHealth } from "../life/task-state";

/** A task as DescribeTasks has it (API reference, Task). */
export function taskAnswer(state: TaskState, tags: readonly Answer[]): Answer {
  const { order } = state;
  return {
    attachments: attachments(state),
    attributes: [{ name: "ecs.cpu-architecture", value: "x86_64" }],
    availabilityZone: state.zone,
    capacityProviderName: order.capacityProviderName,
    clusterArn: order.clusterArn,
    connectivity: state.dates.connectivityAt ? "CONNECTED" : undefined,
    containers: state.containers.map((one) => containerAnswer(state, one)),
    cpu: state.cpu,
    memory: state.memory,
    ...state.dates,
    desiredStatus: state.desired,
    enableExecuteCommand: order.enableExecuteCommand ?? false,
    group: order.group,
    healthStatus: taskHealth(state.containers),
    lastStatus: state.status,
    launchType: order.launchType ?? (order.capacityProviderName === undefined ? "FARGATE" : undefined),
    overrides: overrides(state),
    platformVersion: platform(order.platformVersion),
    platformFamily: "Linux",
    startedBy: order.startedBy,
    stopCode: state.stopCode,
    stoppedReason: state.stoppedReason,
    tags,
    taskArn: state.arn,
    taskDefinitionArn: order.taskDefinitionArn,
    version: state.version,
    ephemeralStorage: { sizeInGiB: 20 },
    fargateEphemeralStorage: { sizeInGiB: 20 },
  };
}

/** What LATEST means. */
export const platform = (version: string | undefined): string =>
  version === undefined || version === "LATEST" ? "1.4.0" : version;

function containerAnswer(state: TaskState, container: ContainerState): Answer {
  const { attachment } = state;
  const cluster = state.order.clusterArn.split("/").at(-1);
  return {
    containerArn: `arn:aws:ecs:${state.region}:${state.account}:container/${cluster}/${state.id}/${uuidOf(state.id, container.name)}`,
    taskArn: state.arn,
    name: container.name,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: container.runtimeId,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    networkBindings: [],
    networkInterfaces: attachment ? [{ attachmentId: attachment.id, privateIpv4Address: attachment.ip }] : [],
    healthStatus: container.health,
    managedAgents: state.order.enableExecuteCommand
      ? [{ name: "ExecuteCommandAgent", lastStatus: container.lastStatus }]
      : undefined,
    cpu: String(container.cpu),
    memory: container.memory === undefined ? undefined : String(container.memory),
    memoryReservation: container.memoryReservation === undefined ? undefined : String(container.memoryReservation),
  };
}

const attachmentStatus: Readonly<Partial<Record<TaskState["status"], string>>> = {
  PROVISIONING: "PRECREATED",
  DEPROVISIONING: "ATTACHED",
  STOPPED: "DELETED",
};

function attachments(state: TaskState): readonly Answer[] {
  const { attachment, subnet, id } = state;
  const type = "ElasticNetworkInterface";
  const status = attachmentStatus[state.status] ?? "ATTACHED";
  if (!attachment) {
    return [{ id: uuidOf(id, type), type, status, details: [{ name: "subnetId", value: subnet }] }];
  }
  const name = `ip-${attachment.ip.replaceAll(".", "-")}.${state.region}.compute.internal`;
  const details = {
    subnetId: attachment.subnet,
    networkInterfaceId: attachment.interfaceId,
    macAddress: attachment.macAddress,
    privateDnsName: name,
    privateIPv4Address: attachment.ip,
  };
  return [
    { id: attachment.id, type, status, details: Object.entries(details).map(([key, value]) => ({ name: key, value })) },
  ];
}

/** Every container is named in the overrides, whether anything of it is overridden or not. */
function overrides({ order, containers }: TaskState): Answer {
  const given = (order.overrides ?? {}) as { containerOverrides?: readonly { name?: string }[] };
  const named = given.containerOverrides ?? [];
  const rest = containers.filter(({ name }) => !named.some((one) => one.name === name)).map(({ name }) => ({ name }));
  return { inferenceAcceleratorOverrides: [], ...given, containerOverrides: [...named, ...rest] };
}

/** An id that looks like one and is always the same for the same thing. */
function uuidOf(taskId: string, name: string): string {
  const sum = [...name].reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0, 7);
  const tail = sum.toString(16).padStart(8, "0");
  return [
    taskId.slice(0, 8),
    taskId.slice(8, 12),
    taskId.slice(12, 16),
    taskId.slice(16, 20),
    taskId.slice(20, 24) + tail,
  ].join("-");
}
