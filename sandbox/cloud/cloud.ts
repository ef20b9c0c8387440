import { createAutoscaling } from "../autoscaling/autoscaling";
import { scalingCloudWatch } from "../autoscaling/cloudwatch-port";
import { createBalancer } from "../balancer/balancer";
import { scaledClock } from "../clock/scaled-clock";
import { createCloudWatch } from "../cloudwatch/cloudwatch";
import { dnsEndpoints } from "../dns/endpoints";
import { resolver } from "../dns/resolver";
import { createDeploymentRecords } from "../ecs/deployments/deployment-records";
import type { Services } from "../ecs/model";
import { createServices } from "../ecs/services";
import { createHookBook } from "../ecs/shifting/hook-book";
import { createShiftController } from "../ecs/shifting/shift-controller";
import { FaultBook } from "../faults/fault-book";
import { faultEndpoints } from "../faults/fault-endpoints";
import type { CloudAddress } from "../front/call";
import type { ControlPlane } from "../front/control";
import { motoClient } from "../front/moto-client";
import { proxyNames } from "../front/proxy-names";
import { imageEndpoints } from "../images/endpoints";
import type { Snapshot } from "../model/snapshot";
import { streamSnapshots } from "../page/events";
import { pageHandler } from "../page/page";
import { createTasks } from "../tasks/tasks";
import { versionOfImage } from "../tasks/program/identity";
import { clockEndpoints, tellTime } from "./clock-endpoints";
import { faultActions } from "./fault-actions";
import { hookEndpoints } from "./hook-endpoints";
import { isBalancerHealthy, targetsByAddress, withTargets } from "./snapshot";
import { ecsSources } from "./sources";
import { taskIndex, traitsOf } from "./task-index";

export interface LiveCloudOptions {
  /** Where moto listens. */
  readonly address: CloudAddress;
  /** Names this cloud; its tasks have other addresses than those of other sandboxes on this machine. */
  readonly epoch: string;
  /** Seconds of the sandbox for one second. */
  readonly speed: number;
  readonly log: (line: string) => void;
}

/** The cloud as the front shows it. */
export interface LiveCloud extends Required<
  Pick<ControlPlane, "apis" | "faults" | "endpoints" | "names" | "page" | "status">
> {
  close(): Promise<void>;
}

/** Puts the parts together that make moto a cloud where something happens. */
export async function liveCloud({ address, epoch, speed, log }: LiveCloudOptions): Promise<LiveCloud> {
  const clock = scaledClock({ speed, log });
  const moto = motoClient(address);
  await tellTime(clock, moto);
  const random = Math.random;
  const faults = new FaultBook({
    clock,
    random,
    log,
    ownerOf: (ip) => {
      const task = index.at(ip);
      return task && traitsOf(task);
    },
  });

  // Parts that know each other are handed in late: nothing is asked before all of them are there.
  const late: { services?: Services } = {};
  const services = (): Services => {
    if (!late.services) throw new Error("The services are not there yet.");
    return late.services;
  };

  const cloudWatch = createCloudWatch({
    clock,
    moto,
    log,
    sources: ecsSources({
      moto,
      tasks: { list: (...of) => running.tasks.list(...of) },
      services: { list: (scope) => services().list(scope) },
    }),
  });
  const running = createTasks({
    clock,
    moto,
    faults,
    log,
    secondOctet: 1 + (Number.parseInt(epoch.slice(0, 4), 16) % 254),
    onLogLines: (scope, group, _stream, lines) => cloudWatch.onLogEvents(scope, group, lines),
    hasService: (scope, cluster, name) => services().get(scope, cluster, name) !== undefined,
  });
  const { tasks } = running;
  const index = taskIndex(tasks);
  const balancer = createBalancer({
    clock,
    moto,
    faults,
    random,
    log,
    metrics: cloudWatch.sink,
    versionOf: ({ id }) => versionOfImage(index.at(id)?.containers[0]),
    placeOf: ({ id, port }) => running.place(id, port),
    zoneOf: ({ id }) => index.at(id)?.zone,
  });
  const hooks = createHookBook();
  const shifts = createShiftController({ clock, targets: balancer.targets, hooks });
  const records = createDeploymentRecords({ clock, moto, tasks, shifts, services });
  const ecs = createServices({
    clock,
    moto,
    tasks,
    targets: balancer.targets,
    alarms: cloudWatch.alarms,
    shifting: shifts,
    observer: records.observer,
    protectedUntil: (id) => running.protectedUntil(id),
    taskTags: {
      read: (arn) => running.tags(arn),
      write: (arn, tags) => {
        running.untag(
          arn,
          (running.tags(arn) ?? []).map(({ key }) => key),
        );
        running.tag(arn, tags);
      },
    },
  });
  late.services = ecs.services;
  const autoscaling = createAutoscaling({
    clock,
    moto,
    services: ecs.services,
    cloudWatch: scalingCloudWatch(cloudWatch, clock),
  });
  const dns = resolver({
    moto,
    clock,
    random,
    targetHealth: (name) => isBalancerHealthy(name, balancer.ports(), balancer.rules()),
    ports: () => balancer.ports(),
  });

  const snapshot = (): Snapshot => ({
    at: clock.now().toISOString(),
    speed: clock.speed,
    services: ecs.snapshot(),
    tasks: withTargets(running.snapshot(), targetsByAddress(ecs.services.list(), balancer.targets)),
    rules: balancer.rules(),
    traffic: balancer.traffic(),
    alarms: cloudWatch.snapshot(),
    faults: faults.list().map(({ text }) => text),
  });
  const events = streamSnapshots({ snapshot });

  return {
    faults,
    apis: [
      {
        service: "ecs",
        reason: "moto has no tasks that run and no deployments that take time",
        operations: { ...ecs.operations, ...running.operations, ...records.operations },
      },
      balancer.api,
      cloudWatch.api,
      cloudWatch.logsApi,
      autoscaling.api,
    ],
    endpoints: {
      ...clockEndpoints(clock, moto),
      ...imageEndpoints(moto),
      ...dnsEndpoints(dns),
      ...hookEndpoints(hooks),
      ...faultEndpoints(faults, faultActions({ moto, cloudWatch, balancer, services: ecs.services, tasks })),
      "GET ports": { kind: "answer", answer: () => ({ ports: balancer.ports() }) },
      "GET snapshot": { kind: "answer", answer: snapshot },
      "GET events": events,
    },
    names: proxyNames({ resolver: dns, ports: () => balancer.ports() }),
    page: pageHandler(),
    status: () => ({ speed: clock.speed, now: clock.now().toISOString(), ports: balancer.ports() }),
    close: async () => {
      events.close();
      await balancer.close();
      await running.close();
    },
  };
}
