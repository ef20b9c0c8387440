import type { Context } from "../context";
import type { Journal, ReleaseOutcome } from "../model/release/journal";
import { pointOf } from "./point-of";
import { previousTarget } from "./rollback-target";
import { readStackFacts } from "./stack-facts";

export type RecordContext = Pick<
  Context,
  "stack" | "config" | "engine" | "containers" | "points" | "watches" | "journals" | "clock" | "machine"
>;

const hourMs = 3_600_000;

/**
 * What a release that went well leaves besides its journal: a rollback point, and the record of the watch that
 * configuration asks for. Both are the same when they are made twice.
 */
export async function keepRecords(context: RecordContext, journal: Journal, outcome: ReleaseOutcome): Promise<void> {
  if (outcome !== "done") return;
  const { plan, id, release } = journal;
  const before = await context.points.list();
  if (!before.some((point) => point.id === id)) {
    const facts = await readStackFacts(context);
    await context.points.add(await pointOf(context, facts, { id, release, released: [plan.service] }));
  }
  if (plan.watchHours === 0 || plan.alarms.length === 0) return;
  const back = previousTarget({
    service: plan.service,
    current: plan.to.images,
    points: before.filter((point) => point.id !== id),
    journals: await context.journals.latest(50, plan.service),
  });
  if (back.kind !== "found") return;
  const start = context.clock.now();
  await context.watches.put({
    schema: 1,
    service: plan.service,
    release,
    start: start.toISOString(),
    end: new Date(start.getTime() + plan.watchHours * hourMs).toISOString(),
    alarms: plan.alarms,
    point: back.target.from,
    state: "open",
  });
}
