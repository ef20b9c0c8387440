import type { Snapshot } from "../sandbox/model/snapshot";
import { watchSnapshots } from "../sandbox/page/watch-snapshots";

/** A deployment that AWS calls COMPLETED. */
export interface DeploymentEnd {
  readonly id: string;
  /** When it was seen to be, by `performance.now()`. */
  readonly at: number;
}

export interface DeploymentEnds {
  /** The last one of a service. */
  of(service: string): DeploymentEnd | undefined;
  /** The first one after `before`, which may be told a moment after a driver has seen it. */
  after(service: string, before: DeploymentEnd | undefined): Promise<DeploymentEnd>;
  /** Waits until no service is changing any more, and every alarm has seen enough to be silent. */
  allQuiet(): Promise<void>;
  stop(): void;
}

/** Follows the states of a sandbox, which tells every change as it comes. */
export async function deploymentEnds(endpoint: string): Promise<DeploymentEnds> {
  const found = new Map<string, DeploymentEnd>();
  const stop = new AbortController();
  let changed: () => void = () => undefined;
  let isQuiet = false;
  await watchSnapshots(
    endpoint,
    ({ services, alarms }) => {
      for (const { name, deployments } of services) {
        const [only, ...others] = deployments;
        if (only === undefined || others.length > 0 || only.rolloutState !== "COMPLETED") continue;
        if (found.get(name)?.id !== only.id) found.set(name, { id: only.id, at: performance.now() });
      }
      isQuiet = services.length > 0 && services.every(isSteady) && alarms.every(({ state }) => state === "OK");
      changed();
    },
    stop.signal,
  );
  const nextChange = (): Promise<void> => new Promise((next) => (changed = next));
  return {
    of: (service) => found.get(service),
    async after(service, before) {
      for (;;) {
        const end = found.get(service);
        if (end !== undefined && end.id !== before?.id) return end;
        await nextChange();
      }
    },
    async allQuiet() {
      while (!isQuiet) await nextChange();
    },
    stop: () => stop.abort(),
  };
}

const isSteady = ({ desired, running, deployments }: Snapshot["services"][number]): boolean =>
  running === desired && deployments.every(({ rolloutState }) => rolloutState === "COMPLETED");
