import type { Context } from "../context";
import { exitCodes, usageError } from "../model/errors";
import { cleanupOf, type Age, type Cleanup } from "../model/release/usable-points";
import type { Report } from "../model/report";
import { confirmed, type Consent } from "../stack/ask-first";
import { changing, type ChangingContext, type LockOptions, type UnderLock } from "../stack/changing";
import { pointStandings, type PointsContext } from "./points-list";

export interface PointsCleanupOptions extends Consent, LockOptions {
  /** Points older than that go. @default 30 */
  readonly days?: number | undefined;
  /** Instead of an age: so many of the newest stay. */
  readonly count?: number | undefined;
}

type CleanupContext = ChangingContext & PointsContext & Pick<Context, "watches">;

/**
 * Forgets old rollback points: never the newest that is usable, never what runs now, never one that an open watch would
 * go back to. Only records go; images and task definitions are left alone.
 */
export async function pointsCleanup(context: CleanupContext, options: PointsCleanupOptions): Promise<Report> {
  const age = ageOf(options);
  const asked = age.kind === "days" ? { days: age.days } : { count: age.count };
  return changing(context, { command: "rollback-points cleanup", options, asked }, (under) =>
    cleanupUnderLock(context, options, age, under),
  );
}

/** @throws SlipwayError `usage` (exit 2) */
function ageOf({ days, count }: PointsCleanupOptions): Age {
  if (days !== undefined && count !== undefined)
    throw usageError("--days and --count exclude each other.", "Say how old, or how many.");
  if (count !== undefined) {
    if (!Number.isInteger(count) || count < 1)
      throw usageError(`--count is ${count}: it must be a whole number from 1.`);
    return { kind: "count", count };
  }
  if (days !== undefined && !(days >= 0)) throw usageError(`--days is ${days}: it must be 0 or above.`);
  return { kind: "days", days: days ?? 30 };
}

async function cleanupUnderLock(
  context: CleanupContext,
  options: PointsCleanupOptions,
  age: Age,
  under: UnderLock,
): Promise<Report> {
  const { output, points, watches, machine, stack } = context;
  const [all, watched] = await Promise.all([points.list(), watches.list()]);
  const cleanup = cleanupOf({
    standings: await pointStandings(context, all),
    age,
    watched: new Set(watched.filter(({ state }) => state === "open").map(({ point }) => point)),
    now: machine.now(),
  });
  const data = {
    removed: cleanup.remove.map(({ id }) => id),
    kept: cleanup.kept.map(({ point, because }) => ({ id: point.id, because })),
    left: all.length - cleanup.remove.length,
  };
  if (cleanup.remove.length === 0)
    return {
      summary: [`No rollback point of ${stack} is too old.`, ...keptLines(cleanup)].join("\n"),
      data: { outcome: "unchanged", ...data },
    };
  output.say(
    [`Rollback points that go:`, ...cleanup.remove.map(({ id }) => `  ${id}`), ...keptLines(cleanup)].join("\n"),
  );
  if (options.dryRun === true)
    return { summary: "A dry run: every point stays.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, "Forget them? (yes/no):", "yes", options)))
    return {
      summary: "Not confirmed: every point stays.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  await under.assertHeld();
  for (const { id } of cleanup.remove) await points.remove(id);
  return {
    summary: `${cleanup.remove.length} rollback ${cleanup.remove.length === 1 ? "point is" : "points are"} forgotten; ${data.left} stay.`,
    data: { outcome: "cleaned", ...data },
  };
}

const keptLines = ({ kept }: Cleanup): readonly string[] =>
  kept.map(({ point, because }) => `${point.id} stays though it is old: ${because}.`);
