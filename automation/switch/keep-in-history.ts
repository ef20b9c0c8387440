import type { SwitchJournal } from "../model/switch/journal";
import { endOf } from "../model/switch/journal";
import { movedMs } from "./describe";
import type { Pair } from "./pair";

/** The history of both environments says how a switch ended: it concerns both, whichever was named. */
export async function keepInHistory({ contexts }: Pair, journal: SwitchJournal): Promise<void> {
  const { id, plan, by, entries } = journal;
  const end = endOf(journal);
  if (end === undefined) return;
  const started = Date.parse(entries[0]?.at ?? end.at);
  await Promise.all(
    Object.values(contexts).map((context) =>
      context.history.append({
        kind: "switch",
        at: context.machine.now().toISOString(),
        stack: context.stack,
        by,
        id,
        name: plan.name,
        from: plan.from,
        to: plan.to,
        outcome: end.outcome,
        durationMs: Date.parse(end.at) - started,
        movedMs: movedMs(entries),
        ...(end.cause === undefined ? {} : { cause: end.cause.text }),
        ...(plan.forced === null ? {} : { forced: plan.forced }),
      }),
    ),
  );
}
