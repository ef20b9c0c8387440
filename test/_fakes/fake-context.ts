import type { Context } from "../../automation/context";
import type { SharedName } from "../../automation/model/switch/plan";
import { stackConfig } from "../_helpers/stack-config";
import { FakeClock } from "./fake-clock";
import { FakeContainers } from "./fake-containers";
import { FakeDns } from "./fake-dns";
import { FakeEngine, type FakeEngineScript } from "./fake-engine";
import { FakeFarewell } from "./fake-farewell";
import { FakeHistory } from "./fake-history";
import { FakeHttp } from "./fake-http";
import { FakeIdentity } from "./fake-identity";
import { FakeInstances } from "./fake-instances";
import { FakeJournals } from "./fake-journals";
import { FakeLock } from "./fake-lock";
import { FakeMachine } from "./fake-machine";
import { FakeNotices } from "./fake-notices";
import { FakeMetrics } from "./fake-metrics";
import { FakeOutput } from "./fake-output";
import { FakePoints } from "./fake-points";
import { FakeRegistry } from "./fake-registry";
import { storedFleetJournals } from "../../automation/records/stored-fleet-journals";
import { FakeStore } from "./fake-store";
import { FakeServiceDeployments } from "./fake-service-deployments";
import { FakeSwitchRecords } from "./fake-switch-records";
import { FakeTraffic } from "./fake-traffic";
import { FakeWatches } from "./fake-watches";

/** A context of fakes that write into one log, so that a test can see the order across ports. */
export interface FakeContext extends Context {
  readonly engine: FakeEngine;
  readonly output: FakeOutput;
  readonly history: FakeHistory;
  readonly lock: FakeLock;
  /** The same lock for the same service. */
  readonly serviceLock: (service: string) => FakeLock;
  readonly switchLock: (name: SharedName) => FakeLock;
  readonly switches: FakeSwitchRecords;
  readonly journals: FakeJournals;
  readonly instances: FakeInstances;
  readonly points: FakePoints;
  readonly watches: FakeWatches;
  readonly farewell: FakeFarewell;
  readonly containers: FakeContainers;
  readonly serviceDeployments: FakeServiceDeployments;
  readonly traffic: FakeTraffic;
  readonly metrics: FakeMetrics;
  readonly dns: FakeDns;
  readonly registry: FakeRegistry;
  readonly notices: FakeNotices;
  readonly http: FakeHttp;
  readonly log: string[];
}

export interface FakeContextOptions extends FakeEngineScript {
  /** What an operator types; without any there is no terminal. */
  readonly answers?: readonly string[];
  readonly caller?: string;
  readonly forbidden?: readonly string[];
  readonly skipDiffGate?: boolean;
}

export function fakeContext({
  answers,
  caller = ownAccount,
  forbidden = [],
  skipDiffGate = false,
  ...script
}: FakeContextOptions = {}): FakeContext {
  const log: string[] = [];
  const serviceLocks = new Map<string, FakeLock>();
  return {
    stack: "staging",
    project: "slipway",
    region: "eu-central-1",
    config: stackConfig({ account: { id: ownAccount, profile: "internal", forbidden } }),
    engine: new FakeEngine(script, log),
    identity: new FakeIdentity(caller, log),
    output: new FakeOutput(answers, log),
    clock: new FakeClock(),
    history: new FakeHistory(log),
    lock: new FakeLock(log),
    serviceLock: (service) => {
      const lock = serviceLocks.get(service) ?? new FakeLock(log, service);
      serviceLocks.set(service, lock);
      return lock;
    },
    switchLock: ({ name }) => {
      const lock = serviceLocks.get(name) ?? new FakeLock(log, `the switch of ${name}`);
      serviceLocks.set(name, lock);
      return lock;
    },
    switches: new FakeSwitchRecords(log),
    openPeer: async (stack) => {
      throw new Error(`There is no stack ${stack} in this test.`);
    },
    journals: new FakeJournals(log),
    fleetJournals: storedFleetJournals({ stack: "staging", project: "slipway", store: new FakeStore() }),
    instances: new FakeInstances(log),
    points: new FakePoints(log),
    watches: new FakeWatches(log),
    machine: new FakeMachine(),
    farewell: new FakeFarewell(),
    containers: new FakeContainers(log),
    serviceDeployments: new FakeServiceDeployments(log),
    traffic: new FakeTraffic(log),
    dns: new FakeDns(log),
    metrics: new FakeMetrics(log),
    registry: new FakeRegistry(log),
    notices: new FakeNotices(),
    http: new FakeHttp(log),
    interrupts: () => ({ stop: new AbortController().signal, terminate: new AbortController().signal }),
    skipDiffGate,
    log,
  };
}

export const ownAccount = "686831565523";
