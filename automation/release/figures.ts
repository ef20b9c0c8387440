import type { Journal, JournalEntry } from "../model/release/journal";
import { liveSince } from "../model/release/live-since";
import { sameImages } from "../model/release/image-reference";

/**
 * The four keys of software delivery as DORA defines them (dora.dev/guides/dora-metrics-four-keys), as far as records
 * of releases can tell them. A change is one service in one release; rollbacks and restarts bring no change.
 */
export interface ReleaseFigures {
  /** Changes that went live and stayed at least until their release was over. */
  readonly deployments: number;
  /** Deployment frequency. */
  readonly deploymentsPerDay: number;
  /** Every change whose release has come to an end, or was left as it was. */
  readonly changes: number;
  /** Of them those that went back, were left or got stuck, and those that a rollback took back afterwards. */
  readonly failures: number;
  /** Change failure rate, 0 to 1; null without changes. */
  readonly changeFailureRate: number | null;
  /**
   * Lead time, in milliseconds: from the moment the newest image came to the registry until it had all traffic. DORA
   * begins with the commit, which a registry does not know.
   */
  readonly leadTimeMs: Median;
  /**
   * Time to restore, in milliseconds: from the decision to go back, or the begin of the rollback, until the version
   * before had all traffic again.
   */
  readonly timeToRestoreMs: Median;
}

/** Of the cases in which it is known; null when there is none. */
export interface Median {
  readonly median: number | null;
  readonly known: number;
}

const dayMs = 86_400_000;

/** @param days the time in which the journals came to their ends */
export function releaseFigures(journals: readonly Journal[], days: number): ReleaseFigures {
  const changes = journals.filter(({ request, entries }) => request.command === "release" && isSettled(entries));
  // Of several rollbacks the first one restored the service.
  const rollbacks = journals.filter(isRollback).sort((a, b) => -byBegin(a, b));
  const takenBack = new Map(
    rollbacks.flatMap((rollback): [string, Journal][] => {
      const change = changeBefore(changes, rollback);
      return change === undefined ? [] : [[change.id, rollback]];
    }),
  );
  const deployed = changes.filter(({ entries }) => outcomeOf(entries) === "done");
  const failures = changes.filter((each) => outcomeOf(each.entries) !== "done" || takenBack.has(each.id));
  return {
    deployments: deployed.length,
    deploymentsPerDay: deployed.length / days,
    changes: changes.length,
    failures: failures.length,
    changeFailureRate: changes.length === 0 ? null : failures.length / changes.length,
    leadTimeMs: median(deployed.map(leadTime)),
    timeToRestoreMs: median(failures.map((each) => timeToRestore(each, takenBack.get(each.id)))),
  };
}

/** Releases that came to their end lately, and those that were left lately. */
export const endedWithin = (journals: readonly Journal[], days: number, now: Date): readonly Journal[] =>
  journals.filter(({ finishedAt, startedAt }) => now.getTime() - Date.parse(finishedAt ?? startedAt) <= days * dayMs);

const outcomeOf = (entries: readonly JournalEntry[]) => entries.find((entry) => entry.kind === "closed")?.outcome;

/** One that is under way may still come to any end. */
const isSettled = (entries: readonly JournalEntry[]): boolean =>
  outcomeOf(entries) !== undefined || entries.some(({ kind }) => kind === "left-as-is");

const isRollback = ({ request, entries }: Journal): boolean =>
  request.command === "rollback" && outcomeOf(entries) === "done";

/** The change that a rollback has taken back: the last one before it that brought what the rollback left. */
function changeBefore(changes: readonly Journal[], rollback: Journal): Journal | undefined {
  const before = changes.filter(
    ({ plan, startedAt, entries }) =>
      plan.service === rollback.plan.service &&
      outcomeOf(entries) === "done" &&
      Date.parse(startedAt) <= Date.parse(rollback.startedAt) &&
      sameImages(plan.to.images, rollback.plan.from.images),
  );
  return before.sort(byBegin).at(-1);
}

const byBegin = (a: Journal, b: Journal): number =>
  Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.id < b.id ? -1 : 1);

function leadTime(journal: Journal): number | undefined {
  const { pushedAt } = journal.plan.to;
  const live = liveSince(journal);
  return pushedAt === undefined || live === undefined ? undefined : Math.max(0, live - Date.parse(pushedAt));
}

function timeToRestore({ entries, plan }: Journal, rollback: Journal | undefined): number | undefined {
  if (rollback !== undefined) return between(startOf(rollback), liveSince(rollback));
  if (outcomeOf(entries) !== "rolled-back") return undefined;
  const turned = entries.find(({ kind }) => kind === "turned-back");
  // The way back of a rolling release is over when the old tasks serve again, which its end waits for.
  const served = entries.find(({ kind }) => kind === (plan.mode === "slots" ? "weights-restored" : "closed"));
  return between(timeOf(turned), timeOf(served));
}

const startOf = ({ entries }: Journal): number | undefined => timeOf(entries[0]);

const timeOf = (entry: JournalEntry | undefined): number | undefined => entry && Date.parse(entry.at);

const between = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, to - from);

function median(values: readonly (number | undefined)[]): Median {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return { median: low === undefined || high === undefined ? null : (low + high) / 2, known: known.length };
}
