import type { Health, StopCode, TaskStatus } from "../../model/tasks";
import type { Attachment, ContainerState, TaskDates, TaskState } from "./task-state";

/** What happens to a task. */
export type TaskEvent =
  /** The task definition has been read. */
  | {
      readonly kind: "defined";
      readonly cpu: string | undefined;
      readonly memory: string | undefined;
      readonly containers: readonly ContainerState[];
    }
  | { readonly kind: "attached"; readonly attachment: Attachment }
  | { readonly kind: "pull-started" }
  | { readonly kind: "pulled"; readonly digests: Readonly<Record<string, string | undefined>> }
  | { readonly kind: "activating" }
  | { readonly kind: "container-started"; readonly name: string; readonly runtimeId: string }
  | { readonly kind: "container-health"; readonly name: string; readonly health: Health }
  | {
      readonly kind: "container-stopped";
      readonly name: string;
      readonly exitCode?: number | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly kind: "running" }
  /** From now on the task is to end; only the first reason counts. */
  | { readonly kind: "stop-wanted"; readonly code: StopCode; readonly text: string }
  | { readonly kind: "deactivating" }
  | { readonly kind: "stopping" }
  | { readonly kind: "deprovisioning" }
  | { readonly kind: "stopped" };

const order: readonly TaskStatus[] = [
  "PROVISIONING",
  "PENDING",
  "ACTIVATING",
  "RUNNING",
  "DEACTIVATING",
  "STOPPING",
  "DEPROVISIONING",
  "STOPPED",
];

/** Changes that EventBridge hears of: a RUNNING task of AWS' samples has version 4, a stopped one 6. */
const told: ReadonlySet<TaskStatus> = new Set<TaskStatus>(["PENDING", "ACTIVATING", "RUNNING", "STOPPED"]);

/** `reason` of a container has at most this many characters (API reference, Container). */
const reasonLimit = 1024;

/** The task after something has happened to it. What comes too late (a start of a task that ends) changes nothing. */
export function next(state: TaskState, event: TaskEvent, at: Date): TaskState {
  switch (event.kind) {
    case "defined":
      return { ...state, cpu: event.cpu, memory: event.memory, containers: event.containers };
    case "attached":
      return reach({ ...state, attachment: event.attachment }, "PENDING", { connectivityAt: at });
    case "pull-started":
      return { ...state, dates: { ...state.dates, pullStartedAt: at } };
    case "pulled":
      return {
        ...state,
        dates: { ...state.dates, pullStoppedAt: at },
        containers: state.containers.map((one) => ({ ...one, imageDigest: event.digests[one.name] })),
      };
    case "activating":
      return reach(state, "ACTIVATING", {});
    case "container-started":
      return change(state, event.name, { lastStatus: "RUNNING", runtimeId: event.runtimeId });
    case "container-health":
      return change(state, event.name, { health: event.health });
    case "container-stopped":
      return change(state, event.name, {
        lastStatus: "STOPPED",
        exitCode: event.exitCode,
        reason: event.reason?.slice(0, reasonLimit),
      });
    case "running":
      return state.desired === "STOPPED" ? state : reach(state, "RUNNING", { startedAt: at });
    case "stop-wanted":
      if (state.desired === "STOPPED") return state;
      return {
        ...state,
        desired: "STOPPED",
        version: state.version + 1,
        stopCode: event.code,
        stoppedReason: event.text,
        dates: { ...state.dates, stoppingAt: at },
      };
    case "deactivating":
      return reach(state, "DEACTIVATING", {});
    case "stopping":
      return reach(state, "STOPPING", {});
    case "deprovisioning":
      return reach({ ...state, containers: state.containers.map(ended) }, "DEPROVISIONING", { executionStoppedAt: at });
    case "stopped":
      return reach(state, "STOPPED", { stoppedAt: at });
  }
}

/** A status is only ever followed by a later one. */
function reach(state: TaskState, status: TaskStatus, dates: Partial<TaskDates>): TaskState {
  if (order.indexOf(status) <= order.indexOf(state.status)) return state;
  const version = told.has(status) ? state.version + 1 : state.version;
  return { ...state, status, version, dates: { ...state.dates, ...dates } };
}

function change(state: TaskState, name: string, fields: Partial<ContainerState>): TaskState {
  const containers = state.containers.map((one) =>
    one.name === name && one.lastStatus !== "STOPPED" ? { ...one, ...fields } : one,
  );
  return { ...state, containers };
}

const ended = (container: ContainerState): ContainerState => ({ ...container, lastStatus: "STOPPED" });
