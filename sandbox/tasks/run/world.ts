import type { Faults, TaskTraits } from "../../model/behaviour";
import type { SandboxClock } from "../../model/clock";
import type { Moto } from "../../model/moto";
import type { TaskView } from "../../model/tasks";
import type { Pins } from "../checks/pins";
import type { ContainerDefinition } from "../definition";
import type { Definitions } from "../definitions";
import type { TaskEvent } from "../life/next";
import type { TaskState } from "../life/task-state";
import type { LogParts } from "../logs/log-stream";
import type { Addresses } from "../program/addresses";
import type { Listeners } from "../program/listeners";

/** What running tasks share. */
export interface World {
  readonly clock: SandboxClock;
  readonly moto: Moto;
  readonly faults: Pick<Faults, "behaviour" | "startFault">;
  /** A line for the sandbox's own log: nothing that a task keeps secret. */
  readonly log: (message: string) => void;
  readonly definitions: Definitions;
  readonly pins: Pins;
  readonly listeners: Listeners;
  readonly addresses: Addresses;
  readonly logs: LogParts;
  /** Milliseconds of real time. */
  readonly realNow: () => number;
  /** Resolves once everybody has taken the task out of its load balancers. */
  readonly deactivating: (task: TaskView) => Promise<void>;
}

/** The task as its parts see it. */
export interface TaskCore {
  readonly state: TaskState;
  apply(event: TaskEvent): void;
}

/** What a container of a task is known by to those who ask for faults. */
export function traitsOf(
  state: TaskState,
  container: Pick<ContainerDefinition, "name" | "image" | "knownTag">,
): TaskTraits {
  return {
    cluster: state.order.clusterArn.split("/").at(-1) ?? "default",
    service: serviceOf(state.order.group),
    container: container.name,
    image: container.image,
    ...(container.knownTag === undefined ? {} : { tag: container.knownTag }),
    taskId: state.id,
  };
}

/** Name of the service behind a group; undefined for a task that RunTask started. */
export const serviceOf = (group: string): string | undefined =>
  group.startsWith("service:") ? group.slice("service:".length) : undefined;
