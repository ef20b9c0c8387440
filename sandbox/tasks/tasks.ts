import type { Faults } from "../model/behaviour";
import type { SandboxClock } from "../model/clock";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";
import type { Operation } from "../model/service-api";
import type { TaskSnapshot } from "../model/snapshot";
import type { BeforeStop, TaskOrder, Tasks, TaskView } from "../model/tasks";
import { taskOperations } from "./api/operations";
import { Pins } from "./checks/pins";
import type { Place } from "./container/probe";
import { Definitions } from "./definitions";
import { newTask } from "./life/new-task";
import { next } from "./life/next";
import type { TaskState } from "./life/task-state";
import { taskTimes } from "./life/timings";
import type { LogLine } from "./logs/log-stream";
import { Addresses } from "./program/addresses";
import { Listeners } from "./program/listeners";
import { versionOfImage } from "./program/identity";
import { TaskRun } from "./run/task-run";
import { serviceOf, traitsOf, type World } from "./run/world";
import { TaskStore, type Tag } from "./store";

export interface TasksParts {
  readonly clock: SandboxClock;
  readonly moto: Moto;
  readonly faults: Pick<Faults, "behaviour" | "startFault">;
  /** Takes what the sandbox should know and no caller hears. */
  readonly log: (message: string) => void;
  /** Addresses are 127.<this>.y.z, 1 to 254: another number for each sandbox on the machine. @default 77 */
  readonly secondOctet?: number;
  /** Hears what programs have written to a log group: it goes to moto past the front. */
  readonly onLogLines?: (scope: Scope, group: string, stream: string, lines: readonly LogLine[]) => void;
  /** Refuses a filter by a service that is not there. @default every service is there */
  readonly hasService?: (scope: Scope, clusterArn: string, name: string) => boolean;
  /** Milliseconds of real time. @default performance.now */
  readonly realNow?: () => number;
}

export interface RunningTasks {
  readonly tasks: Tasks;
  /** Of the service `ecs`. */
  readonly operations: Readonly<Record<string, Operation>>;
  snapshot(): readonly TaskSnapshot[];
  /** Where a port of a task really listens; its own address, unless something else on this machine has it. */
  place(ip: string, port: number): Place;
  /** Scale-in protection until then; undefined for a task without. */
  protectedUntil(id: string): Date | undefined;
  /** Tags by ARN, for TagResource and its like. Undefined for a task that is not there. */
  tags(arn: string): readonly Tag[] | undefined;
  tag(arn: string, tags: readonly Tag[]): void;
  untag(arn: string, keys: readonly string[]): void;
  close(): Promise<void>;
}

/** Text of the service event and of RunTask's failure, there without the last period. */
export const noCapacity =
  "Capacity is unavailable at this time. Please try again later or in a different availability zone.";

/** Starts, watches and stops tasks as Fargate does; their programs run inside this process. */
export function createTasks(parts: TasksParts): RunningTasks {
  const { clock, moto, faults, log } = parts;
  const changeListeners: ((task: TaskView) => void)[] = [];
  const stopListeners: BeforeStop[] = [];
  const listeners = new Listeners(log);
  const definitions = new Definitions(moto);
  const store = new TaskStore();

  const quietly = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log(`A listener of tasks failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  };
  const told = (task: TaskView): void => changeListeners.forEach((one) => void quietly(() => one(task)));
  const world: World = {
    clock,
    moto,
    faults,
    log,
    definitions,
    pins: new Pins(moto),
    listeners,
    addresses: new Addresses(parts.secondOctet ?? 77),
    logs: { clock, moto, log, onLines: parts.onLogLines },
    realNow: parts.realNow ?? (() => performance.now()),
    deactivating: async (task) => {
      await Promise.all(stopListeners.map((one) => quietly(() => one(task))));
    },
  };

  const start = (order: TaskOrder): TaskView => {
    const state = newTask(order, clock.now());
    if (hasNoCapacity(state)) return refuse(state);
    const run = new TaskRun(world, state, told);
    store.add(run, order.tags ?? []);
    run.begin();
    return run.view();
  };

  const hasNoCapacity = (state: TaskState): boolean => {
    const known = definitions.get(state.order.taskDefinitionArn)?.containers ?? [{ name: "", image: "" }];
    return known.some((one) => faults.startFault(traitsOf(state, one))?.kind === "no-capacity");
  };

  /** No task comes to be; who asked for it hears so from a task that the API does not show. */
  const refuse = (state: TaskState): TaskView => {
    const now = clock.now();
    const events = [
      { kind: "stop-wanted", code: "TaskFailedToStart", text: noCapacity },
      { kind: "deprovisioning" },
      { kind: "stopped" },
    ] as const;
    const run = new TaskRun(
      world,
      events.reduce((one: TaskState, event) => next(one, event, now), state),
      told,
    );
    store.add(run, [], true);
    queueMicrotask(() => told(run.view()));
    return run.view();
  };

  const tasks: Tasks = {
    start,
    stop: (id, { code, text }) => store.get(id)?.run.stop(code, text),
    get: (id) => store.get(id)?.run.view(),
    list: (scope, filter) => store.views(scope, filter),
    onChange: (listener) => void changeListeners.push(listener),
    onDeactivating: (listener) => void stopListeners.push(listener),
  };
  const patrol = clock.every(taskTimes.patrolMs, () => store.look(clock.now()));

  return {
    tasks,
    operations: taskOperations({
      clock,
      moto,
      store,
      definitions,
      tasks,
      hasService: parts.hasService ?? (() => true),
    }),
    snapshot: () => store.all().map(({ run }) => snapshotOf(run.view())),
    place: (ip, port) => listeners.place(ip, port),
    protectedUntil: (id) => store.get(id)?.protectedUntil,
    tags: (arn) => {
      const entry = store.byArn(arn);
      return entry && [...entry.tags].map(([key, value]) => ({ key, value }));
    },
    tag: (arn, tags) => tags.forEach(({ key, value }) => store.byArn(arn)?.tags.set(key, value)),
    untag: (arn, keys) => keys.forEach((key) => store.byArn(arn)?.tags.delete(key)),
    close: async () => {
      patrol.cancel();
      for (const { run } of store.all()) run.kill();
      listeners.close();
    },
  };
}

function snapshotOf(task: TaskView): TaskSnapshot {
  return {
    id: task.id,
    service: serviceOf(task.group) ?? task.group,
    status: task.lastStatus,
    health: task.health,
    address: task.ip,
    version: versionOfImage(task.containers[0]),
    // Only the balancer knows; who puts the whole together fills them in.
    targets: [],
    ...(task.stoppedReason === undefined ? {} : { stoppedReason: task.stoppedReason }),
  };
}
