import type { SandboxClock } from "../model/clock";
import type { Alarms } from "../model/metrics";
import type { Moto } from "../model/moto";
import type { Operation } from "../model/service-api";
import type { ServiceSnapshot } from "../model/snapshot";
import type { Targets } from "../model/targets";
import type { Tasks } from "../model/tasks";
import type { DeploymentObserver, Services } from "./model";
import { Scheduler } from "./scheduler/scheduler";
import { TaskStarter } from "./scheduler/task-starter";
import { clusterOperations } from "./services/clusters";
import { createService } from "./services/create-service";
import { deleteService } from "./services/delete-service";
import { Lookups } from "./services/lookups";
import { describeServices, listServices } from "./services/read-services";
import { serviceAnswer } from "./services/service-answer";
import { ServiceBook } from "./services/service-book";
import { ServiceDesk } from "./services/service-desk";
import type { ServiceRecord } from "./services/service-record";
import { snapshotOf } from "./services/service-snapshot";
import { viewOf } from "./services/service-view";
import { stopDeployment } from "./services/stop-deployment";
import { tagOperations, type TaskTags } from "./services/tags";
import { updateService } from "./services/update-service";
import type { ShiftController } from "./shifting/model";

export interface ServicesOptions {
  readonly clock: SandboxClock;
  readonly moto: Pick<Moto, "call">;
  readonly tasks: Tasks;
  readonly targets: Targets;
  readonly alarms: Alarms;
  /** Takes BLUE_GREEN, LINEAR and CANARY deployments through their stages; without it all of them roll. */
  readonly shifting?: ShiftController;
  readonly observer?: DeploymentObserver;
  /** Without it, tags of tasks are left to moto. */
  readonly taskTags?: TaskTags;
  /** Scale-in protection of a task; without it none is protected. */
  readonly protectedUntil?: (id: string) => Date | undefined;
}

export interface RunningServices {
  /** Of the service `ecs`. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly services: Services;
  snapshot(): readonly ServiceSnapshot[];
}

/** ECS services: their API, and the scheduler that makes them so. */
export function createServices(options: ServicesOptions): RunningServices {
  const { clock, moto, tasks, targets, alarms, shifting, observer, taskTags, protectedUntil } = options;
  const book = new ServiceBook();
  const scheduler = new Scheduler({
    clock,
    tasks,
    targets,
    alarmState: (scope, name) => alarms.state(scope, name),
    shifting,
    observer,
    starter: new TaskStarter(tasks),
    book,
    protectedUntil: protectedUntil ?? (() => undefined),
  });
  const desk = new ServiceDesk(clock, tasks, targets, book, new Lookups(moto), scheduler);
  const answered = (record: ServiceRecord) => ({ service: serviceAnswer(record, tasks, true) });

  return {
    operations: {
      CreateService: {
        kind: "own",
        answer: async (input, caller) => answered(await createService(desk, input, caller)),
      },
      UpdateService: {
        kind: "own",
        answer: async (input, caller) => answered(await updateService(desk, input, caller)),
      },
      DeleteService: {
        kind: "own",
        answer: async (input, caller) => answered(await deleteService(desk, input, caller)),
      },
      DescribeServices: { kind: "own", answer: (input, caller) => describeServices(desk, input, caller) },
      ListServices: { kind: "own", answer: (input, caller) => listServices(desk, input, caller) },
      ...tagOperations(book, moto, taskTags),
      ...clusterOperations(book, tasks),
    },
    services: {
      list: (scope) =>
        book
          .list(scope)
          .filter(({ status }) => status !== "INACTIVE")
          .map((one) => viewOf(one, tasks)),
      get: (scope, cluster, service) => {
        const found = book.find(scope, cluster, service);
        return found && viewOf(found, tasks);
      },
      update: async (scope, input) => viewOf(await updateService(desk, input, scope), tasks),
      onChange: (listener) => book.onChange((record) => listener(viewOf(record, tasks))),
      stop: (arn, type) => stopDeployment(desk, arn, type),
    },
    snapshot: () =>
      book
        .list()
        .filter(({ status }) => status !== "INACTIVE")
        .map((one) => snapshotOf(one, tasks)),
  };
}
