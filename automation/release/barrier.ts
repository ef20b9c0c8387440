import type { Journal } from "../model/release/journal";
import type { Peers } from "../model/release/observed";

/** How far a service of an all-or-nothing release is. */
export type Standing = "waiting" | "ready" | "failed";

/** Keeps services of one release together: none is committed before all of them may be. */
export interface Barrier {
  /** Notes how a service is doing, and tells how the others are. */
  peersOf(journal: Journal): Peers;
  /** A service that does not come any further in this run. */
  gaveUp(service: string): void;
  standing(service: string): Standing;
  /** Resolves when the service has reached the barrier, or will not. */
  reached(service: string): Promise<void>;
}

/**
 * @param standings how each service of the release is doing when this run begins
 */
export function makeBarrier(standings: ReadonlyMap<string, Standing>): Barrier {
  const known = new Map(standings);
  const waiting = new Map<string, (() => void)[]>();
  const set = (service: string, standing: Standing): void => {
    known.set(service, standing);
    if (standing === "waiting") return;
    for (const resolve of waiting.get(service) ?? []) resolve();
    waiting.delete(service);
  };
  return {
    peersOf(journal) {
      const { service } = journal.plan;
      set(service, standingOf(journal));
      const others = [...known].filter(([name]) => name !== service).map(([, standing]) => standing);
      if (others.length === 0) return "none";
      if (others.includes("failed")) return "failed";
      return others.includes("waiting") ? "waiting" : "ready";
    },
    standing: (service) => known.get(service) ?? "failed",
    gaveUp: (service) => set(service, "failed"),
    reached: (service) =>
      new Promise((resolve) => {
        if (known.get(service) !== "waiting") resolve();
        else waiting.set(service, [...(waiting.get(service) ?? []), resolve]);
      }),
  };
}

/** What has failed once does not come back. */
export function standingOf({ entries }: Journal): Standing {
  const failed = entries.some(
    (entry) =>
      entry.kind === "turned-back" ||
      entry.kind === "left-as-is" ||
      (entry.kind === "closed" && entry.outcome !== "done"),
  );
  if (failed) return "failed";
  return entries.some(({ kind }) => kind === "ready" || kind === "committed") ? "ready" : "waiting";
}
