import type { Journal, ReleaseRequest } from "../model/release/journal";
import type { Peers } from "../model/release/observed";
import type { StoredJournal } from "../ports/journals";
import type { Barrier } from "./barrier";

/** The release of one service that is to be run, or gone on with. */
export interface Start {
  readonly service: string;
  /** Writes the journal, or reads the open one. */
  readonly open: () => Promise<StoredJournal>;
}

/** How the part of a run for one service came out. */
export type ServiceEnd =
  | { readonly kind: "ended"; readonly service: string; readonly journal: Journal }
  | { readonly kind: "broke-off"; readonly service: string; readonly error: unknown }
  | { readonly kind: "not-begun"; readonly service: string };

export type RunOne = (stored: StoredJournal, peers: (journal: Journal) => Peers) => Promise<Journal>;

/**
 * Runs the releases of several services: all at once, or each when the one before is through. One that fails ends a
 * sequence; with all-or-nothing the others go back as well.
 */
export async function runTogether(
  starts: readonly Start[],
  { order, allOrNothing }: Pick<ReleaseRequest, "order" | "allOrNothing">,
  barrier: Barrier,
  runOne: RunOne,
): Promise<readonly ServiceEnd[]> {
  const peers = allOrNothing ? (journal: Journal) => barrier.peersOf(journal) : () => "none" as const;
  const run = async ({ service, open }: Start): Promise<ServiceEnd> => {
    try {
      const journal = await runOne(await open(), peers);
      // The others learn of its end also when it did not wait for them.
      barrier.peersOf(journal);
      return { kind: "ended", service, journal };
    } catch (error) {
      barrier.gaveUp(service);
      return { kind: "broke-off", service, error };
    }
  };
  if (order === "parallel") return Promise.all(starts.map(run));

  const running: Promise<ServiceEnd>[] = [];
  for (const start of starts) {
    const end = run(start);
    running.push(end);
    const isThrough = allOrNothing ? await passes(barrier, start.service, end) : isDone(await end);
    if (!isThrough) break;
  }
  const left = starts.slice(running.length).map(({ service }) => service);
  left.forEach((service) => barrier.gaveUp(service));
  return [...(await Promise.all(running)), ...left.map((service) => ({ kind: "not-begun", service }) as const)];
}

/** Whether a service has come to the barrier, or to its good end. */
async function passes(barrier: Barrier, service: string, end: Promise<ServiceEnd>): Promise<boolean> {
  const ended = await Promise.race([end, barrier.reached(service).then(() => undefined)]);
  if (ended !== undefined) return isDone(ended);
  return barrier.standing(service) === "ready";
}

const isDone = (end: ServiceEnd): boolean =>
  end.kind === "ended" && end.journal.entries.some((entry) => entry.kind === "closed" && entry.outcome === "done");
