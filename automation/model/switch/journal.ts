import type { Cause } from "../release/cause";
import type { Colour, SwitchPlan } from "./plan";

/**
 * `done`: `to` has all the traffic. `refused`: nothing was changed. `rolled-back`: `from` has it again. `stuck`: `from`
 * serves nothing any more, so `to` has it, though something was found.
 */
export type SwitchOutcome = "done" | "refused" | "rolled-back" | "stuck";

/** What was done or decided, in its order. Intentions stand before what they announce, so that a kill leaves a trace. */
export type SwitchFact =
  | { readonly kind: "started" }
  /** `to` is healthy, and its load balancer answers as expected. */
  | { readonly kind: "verified" }
  | { readonly kind: "shifting"; readonly step: number; readonly percent: number }
  /** Route 53 has taken the weights; `change` is its id for them. */
  | { readonly kind: "shifted"; readonly step: number; readonly percent: number; readonly change: string }
  /** All name servers of Route 53 answer by them. */
  | { readonly kind: "in-sync"; readonly change: string }
  /** The bake of a step is over and nothing was found. */
  | { readonly kind: "passed"; readonly step: number }
  /** The shared name answers as expected. */
  | { readonly kind: "confirmed" }
  /** The decision to go back; there is no way forward from it. */
  | { readonly kind: "turned-back"; readonly cause: Cause }
  | { readonly kind: "restoring"; readonly colour: Colour }
  | { readonly kind: "restored"; readonly colour: Colour; readonly change: string }
  | { readonly kind: "closed"; readonly outcome: SwitchOutcome; readonly cause?: Cause };

export type SwitchEntry = SwitchFact & {
  /** ISO 8601, by the clock of the cloud. */
  readonly at: string;
};

/** The record of the last switch of a name, while it runs and afterwards. */
export interface SwitchJournal {
  /** Of this record's form. A driver does not touch a record of a form that it does not know. */
  readonly schema: 1;
  readonly id: string;
  /** Of the lease of whoever wrote last. */
  readonly fence: number;
  /** ISO 8601, machine time. */
  readonly startedAt: string;
  readonly by: { readonly identity: string | null; readonly user: string; readonly host: string; readonly ci?: string };
  readonly plan: SwitchPlan;
  /** The last switch before it that was done; absent when there was none. */
  readonly before?: DoneSwitch;
  readonly entries: readonly SwitchEntry[];
}

export type DoneSwitch = Pick<SwitchPlan, "from" | "to">;

/** The last switch that was done, this one or one before. */
export function lastDone(journal: SwitchJournal): DoneSwitch | undefined {
  const { plan, before } = journal;
  return endOf(journal)?.outcome === "done" ? { from: plan.from, to: plan.to } : before;
}

/** How it ended; undefined while it is open. */
export const endOf = ({ entries }: SwitchJournal): Extract<SwitchEntry, { kind: "closed" }> | undefined =>
  entries.find((entry) => entry.kind === "closed");
