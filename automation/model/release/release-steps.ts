import { standOf, type StandPhase } from "./fold";
import type { Journal } from "./journal";

/** A part of a release that has been, and how long it took by the clock of the cloud. */
export interface ReleaseStep {
  readonly phase: Exclude<StandPhase, "closed">;
  /** Of the plan's steps, counted from 1; absent outside `shift` and `bake`. */
  readonly step?: { readonly number: number; readonly percent: number };
  readonly at: string;
  readonly durationMs: number;
}

/** What a release spent its time with, in its order; one that is open ends with its last entry. */
export function releaseSteps({ plan, entries }: Pick<Journal, "plan" | "entries">): readonly ReleaseStep[] {
  const steps: ReleaseStep[] = [];
  for (const [index, entry] of entries.entries()) {
    const next = entries[index + 1];
    if (next === undefined) break;
    const { phase, passed } = standOf({ plan, entries: entries.slice(0, index + 1) });
    if (phase === "closed") break;
    const durationMs = Math.max(0, Date.parse(next.at) - Date.parse(entry.at));
    const percent = phase === "shift" || phase === "bake" ? plan.steps[passed]?.percent : undefined;
    const step: ReleaseStep = {
      phase,
      ...(percent === undefined ? {} : { step: { number: passed + 1, percent } }),
      at: entry.at,
      durationMs,
    };
    const last = steps.at(-1);
    if (last !== undefined && last.phase === phase && last.step?.number === step.step?.number)
      steps[steps.length - 1] = { ...last, durationMs: last.durationMs + durationMs };
    else steps.push(step);
  }
  return steps;
}
