import type { Context } from "../../../automation/context";
import { CloudError } from "../../../automation/model/cloud-error";
import { standOf } from "../../../automation/model/release/fold";
import type { Journal, JournalEntry } from "../../../automation/model/release/journal";
import type { StoredJournal } from "../../../automation/ports/journals";

/** Places of a release by two slots at which something can go wrong, in their order; the last three on the way back. */
export const places = [
  "preflight",
  "provisioning",
  "await",
  "check",
  "shift to 50 %",
  "bake at 50 %",
  "shift to 100 %",
  "bake at 100 %",
  "commit",
  "warm",
  "retire",
  "turned-back",
  "weights-restored",
  "retire-new",
] as const;
export type Place = (typeof places)[number];

export const isOfWayBack = (place: Place): boolean => places.indexOf(place) >= places.indexOf("turned-back");

/** Places whose effect at AWS is a call, the answer to which can be lost. */
export const withEffect: ReadonlySet<Place> = new Set<Place>([
  "provisioning",
  "await",
  "check",
  "shift to 50 %",
  "shift to 100 %",
  "commit",
  "retire",
  "turned-back",
  "retire-new",
]);

export interface Visitor {
  /** Told once of each place; the driver waits until it is done. */
  readonly visit: (place: Place) => Promise<void>;
  /** The engine has begun to work in this place; nobody waits. */
  readonly working?: (place: Place) => void;
  /** Whether the answer to the call of this place is lost, after it was done. */
  readonly loses?: (place: Place) => boolean;
}

/** The driver's ports, with somebody beside them who is told where the release is. */
export function visited(context: Context, { visit, working, loses }: Visitor): Context {
  const { journals, engine, http, containers, traffic } = context;
  const seen = new Set<Place>();
  let journal: Journal | undefined;
  const visitOnce = async (place: Place | undefined): Promise<void> => {
    if (place === undefined || seen.has(place)) return;
    seen.add(place);
    await visit(place);
  };
  const told = async <T extends StoredJournal | undefined>(stored: T): Promise<T> => {
    if (stored === undefined) return stored;
    const isNew = stored.journal.entries.length > (journal?.entries.length ?? 0);
    journal = stored.journal;
    if (isNew) await visitOnce(placeOf(journal));
    return stored;
  };
  const answered = async <T>(place: Place | undefined, call: () => Promise<T>): Promise<T> => {
    const answer = await call();
    if (place !== undefined && loses?.(place) === true)
      throw new CloudError("transient", "test:Lost", "ECONNRESET", "the answer was lost");
    return answer;
  };
  return {
    ...context,
    journals: {
      ...journals,
      open: async (service) => {
        const stored = await journals.open(service);
        journal = stored?.journal;
        return stored;
      },
      create: async (created) => told(await journals.create(created)),
      write: async (written, version) => told(await journals.write(written, version)),
    },
    engine: {
      ...engine,
      outputs: async () => {
        if (journal === undefined) await visitOnce("preflight");
        return engine.outputs();
      },
      applyImages: (run) =>
        answered("provisioning", () => engine.applyImages({ ...run, onProgress: () => working?.("provisioning") })),
      commitReleases: (run) =>
        answered("commit", () => engine.commitReleases({ ...run, onProgress: () => working?.("commit") })),
    },
    http: {
      get: async (request) => {
        if (phaseOf(journal) !== "await") return http.get(request);
        await visitOnce("check");
        const answer = await http.get(request);
        return loses?.("check") === true ? { kind: "failed", why: "timeout" } : answer;
      },
    },
    containers: {
      ...containers,
      describe: (cluster, names) => containers.describe(cluster, names),
      setCount: async (service, count) => {
        const place = count > 0 ? "await" : isBack(journal) ? "retire-new" : "retire";
        await containers.setCount(service, count);
        if (count === 0) await visitOnce(place);
        return answered(place, async () => undefined);
      },
    },
    traffic: {
      ...traffic,
      setWeights: (routes, weights) =>
        answered(isBack(journal) ? "turned-back" : journal && placeOf(journal), () =>
          traffic.setWeights(routes, weights),
        ),
    },
  };
}

const isBack = (journal: Journal | undefined): boolean =>
  journal !== undefined && standOf(journal).direction === "back";

const phaseOf = (journal: Journal | undefined) => (journal === undefined ? undefined : standOf(journal).phase);

type Way = "forward" | "back" | "kept";

/** TABLE by the last entry. */
const byEntry: Readonly<Partial<Record<JournalEntry["kind"], (entry: JournalEntry, way: Way) => Place | undefined>>> = {
  provisioning: () => "provisioning",
  scaled: (_, way) => (way === "forward" ? "await" : undefined),
  shifting: (entry) => stepPlace("shift", entry),
  shifted: (entry, way) => (way === "forward" ? stepPlace("bake", entry) : undefined),
  committing: (_, way) => (way === "forward" ? "commit" : undefined),
  committed: (_, way) => (way === "forward" ? "warm" : undefined),
  "turned-back": () => "turned-back",
  "weights-restored": () => "weights-restored",
};

const stepPlace = (what: "shift" | "bake", entry: JournalEntry): Place | undefined =>
  entry.kind !== "shifting" && entry.kind !== "shifted"
    ? undefined
    : entry.percent === 100
      ? what === "shift"
        ? "shift to 100 %"
        : "bake at 100 %"
      : what === "shift"
        ? "shift to 50 %"
        : "bake at 50 %";

function placeOf(journal: Journal): Place | undefined {
  const last = journal.entries.at(-1);
  return last === undefined ? undefined : byEntry[last.kind]?.(last, standOf(journal).direction);
}
