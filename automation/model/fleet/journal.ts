import type { ReleaseRequest } from "../release/journal";
import type { FleetPlan } from "./plan";

/** How a run ended: every instance of the plan has the new version, or every one has its old one again. */
export type FleetOutcome = "done" | "rolled-back";

/** One look at one instance of a watched fleet. */
export interface FleetProbe {
  readonly instance: string;
  readonly version: string;
  /** Why the check has failed; empty when it has not. */
  readonly sick: string;
  /** What the commands for the logs have said; empty when there is nothing odd in them. */
  readonly odd: string;
  /** How long the check took; null for one by commands, whose time is that of Systems Manager. */
  readonly ms: number | null;
}

/** What was done or found, in its order. Intentions stand before what they announce, so that a kill leaves a trace. */
export type FleetFact =
  | { readonly kind: "started" }
  | { readonly kind: "updating"; readonly instance: string }
  | { readonly kind: "updated"; readonly instance: string }
  | { readonly kind: "update-failed"; readonly instance: string; readonly text: string }
  | { readonly kind: "healthy"; readonly instance: string }
  | { readonly kind: "check-failed"; readonly instance: string; readonly text: string }
  /** A look at all instances, while a canary is watched. */
  | { readonly kind: "watched"; readonly probes: readonly FleetProbe[] }
  /** The decision to go back, or the wish of an operator. There is no way forward from it. */
  | { readonly kind: "turned-back"; readonly text: string }
  | { readonly kind: "restoring"; readonly instance: string }
  | { readonly kind: "restored"; readonly instance: string }
  | { readonly kind: "restore-failed"; readonly instance: string; readonly text: string }
  /** An instance could not be brought back, or is not healthy there: somebody has to look. */
  | { readonly kind: "stuck"; readonly text: string }
  /** Somebody goes on with it: what was given up is tried anew. */
  | { readonly kind: "resumed" }
  | { readonly kind: "closed"; readonly outcome: FleetOutcome };

export type FleetEntry = FleetFact & {
  /** ISO 8601, by the clock of the cloud. */
  readonly at: string;
};

/** The record of one run over a fleet, while it goes on and afterwards. */
export interface FleetJournal {
  readonly schema: 1;
  /** `20261121-170345-agent` */
  readonly id: string;
  readonly stack: string;
  /** ISO 8601, machine time. */
  readonly startedAt: string;
  readonly by: ReleaseRequest["by"];
  readonly reason?: string;
  readonly plan: FleetPlan;
  readonly entries: readonly FleetEntry[];
}
