import { earlierHistory } from "./adapters/earlier-history";
import { openStore } from "./adapters/open-store";
import { backendUrl, recordsPlace } from "./adapters/records-place";
import { signalFarewell } from "./adapters/signal-farewell";
import { systemPulse } from "./adapters/system-pulse";
import { thisMachine } from "./adapters/this-machine";
import type { Context } from "./context";
import type { Clock } from "./ports/clock";
import { serviceLock, stackLock, switchLock } from "./records/stack-lock";
import { storedFleetJournals } from "./records/stored-fleet-journals";
import { storedHistory } from "./records/stored-history";
import { storedJournals } from "./records/stored-journals";
import { storedPoints } from "./records/stored-points";
import { storedSwitches } from "./records/stored-switches";
import { storedWatches } from "./records/stored-watches";

export interface OpenRecordsOptions {
  readonly stack: string;
  readonly project: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's folder. */
  readonly folder: string;
  readonly region: string;
  readonly profile: string | undefined;
  /** `slipway:records.store`. */
  readonly configured: string | undefined;
  /** `backend.url` of `Pulumi.yaml`. */
  readonly projectBackend: string | undefined;
  readonly clock: Clock;
}

/** The ports of `Context` that stand on the records. */
export type Records = Pick<
  Context,
  | "lock"
  | "fleetJournals"
  | "serviceLock"
  | "switchLock"
  | "switches"
  | "history"
  | "journals"
  | "points"
  | "watches"
  | "machine"
  | "farewell"
>;

/** Locks, history and releases of one stack, where its configuration or its state says. Nothing is called yet. */
export async function openRecords(options: OpenRecordsOptions): Promise<Records> {
  const { stack, project, env, folder, clock } = options;
  const backend = await backendUrl(env, options.projectBackend);
  const store = openStore(recordsPlace({ ...options, backend }));
  const machine = thisMachine(env);
  const scope = { stack, project, store };
  const locks = { ...scope, clock, machine, pulse: systemPulse };
  return {
    lock: stackLock(locks),
    serviceLock: (service) => serviceLock(locks, service),
    switchLock: (name) => switchLock(locks, name),
    switches: storedSwitches(scope),
    history: storedHistory({ ...scope, machine, earlier: () => earlierHistory(folder, stack) }),
    journals: storedJournals(scope),
    fleetJournals: storedFleetJournals(scope),
    points: storedPoints(scope),
    watches: storedWatches(scope),
    machine,
    farewell: signalFarewell(process),
  };
}
