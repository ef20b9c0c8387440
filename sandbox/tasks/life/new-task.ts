import { createHash, randomBytes } from "node:crypto";
import type { TaskOrder } from "../../model/tasks";
import type { ContainerDefinition, TaskDefinition } from "../definition";
import type { Attachment, ContainerState, TaskState } from "./task-state";

/** A task that has just been accepted; it is put into the first of its subnets. */
export function newTask(order: TaskOrder, createdAt: Date): TaskState {
  const id = randomBytes(16).toString("hex");
  const cluster = order.clusterArn.split("/").at(-1) ?? "default";
  const subnets = subnetsOf(order.networkConfiguration);
  const [subnet = "subnet-00000000000000000"] = subnets;
  return {
    account: order.account,
    region: order.region,
    id,
    arn: `arn:aws:ecs:${order.region}:${order.account}:task/${cluster}/${id}`,
    order,
    zone: order.region + zoneLetter(subnet, subnets),
    subnet,
    cpu: undefined,
    memory: undefined,
    status: "PROVISIONING",
    desired: "RUNNING",
    version: 1,
    dates: { createdAt },
    attachment: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
    containers: [],
  };
}

/** The containers of a definition before anything has been done with them. */
export function newContainers({ containers }: TaskDefinition): readonly ContainerState[] {
  return containers.map((one: ContainerDefinition) => ({
    name: one.name,
    image: one.image,
    ...(one.knownTag === undefined ? {} : { knownTag: one.knownTag }),
    imageDigest: undefined,
    runtimeId: undefined,
    lastStatus: "PENDING",
    exitCode: undefined,
    reason: undefined,
    health: "UNKNOWN",
    essential: one.essential,
    hasHealthCheck: one.healthCheck !== undefined,
    ports: one.ports,
    cpu: one.cpu,
    memory: one.memory,
    memoryReservation: one.memoryReservation,
  }));
}

/** A network interface whose ids follow from the task's: the same task always tells the same ones. */
export function attachmentOf({ id, subnet }: TaskState, ip: string): Attachment {
  const hex = createHash("sha256").update(id).digest("hex");
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  return {
    id: uuid,
    interfaceId: `eni-${hex.slice(32, 49)}`,
    macAddress: `0a:${(hex.slice(49, 59).match(/../g) ?? []).join(":")}`,
    subnet,
    ip,
  };
}

function subnetsOf(configuration: unknown): readonly string[] {
  const { awsvpcConfiguration } = (configuration ?? {}) as { awsvpcConfiguration?: { subnets?: unknown } };
  const subnets = awsvpcConfiguration?.subnets;
  return Array.isArray(subnets) ? subnets.filter((one): one is string => typeof one === "string") : [];
}

/** Nobody tells where a subnet is: of those that are named together each is in a zone of its own, by their ids' order. */
const zoneLetter = (subnet: string, subnets: readonly string[]): string =>
  String.fromCharCode("a".charCodeAt(0) + (Math.max([...subnets].sort().indexOf(subnet), 0) % 6));
