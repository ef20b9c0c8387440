import { earlierHistory } from "./adapters/earlier-history";
import { openStore } from "./adapters/open-store";
import { backendUrl, recordsPlace } from "./adapters/records-place";
import { signalFarewell } from "./adapters/signal-farewell";
import { systemPulse } from "./adapters/system-pulse";
import { thisMachine } from "./adapters/this-machine";
import type { Context } from "./context";
import type { Clock } from "./ports/clock";
import { stackLock } from "./records/stack-lock";
import { storedHistory } from "./records/stored-history";

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

/** Lock and history of one stack, where its configuration or its state says. Nothing is called yet. */
export async function openRecords(
  options: OpenRecordsOptions,
): Promise<Pick<Context, "lock" | "history" | "machine" | "farewell">> {
  const { stack, project, env, folder, clock } = options;
  const backend = await backendUrl(env, options.projectBackend);
  const store = openStore(recordsPlace({ ...options, backend }));
  const machine = thisMachine(env);
  return {
    lock: stackLock({ stack, project, store, clock, machine, pulse: systemPulse }),
    history: storedHistory({ stack, project, store, machine, earlier: () => earlierHistory(folder, stack) }),
    machine,
    farewell: signalFarewell(process),
  };
}
