import type { Cause } from "./cause";
import type { ServicePlan } from "./plan";

/**
 * `done`: the new version serves. `rolled-back`: the old one serves again, by us or by ECS. `left`: it failed and the
 * policy is to leave both as they are. `stuck`: it failed, and the old version could not be made to serve again; either
 * the new one stays because nothing else serves, or none does. Somebody has to look.
 */
export type ReleaseOutcome = "done" | "rolled-back" | "left" | "stuck";

/** What was done or decided, in its order. Intentions stand before what they announce, so that a kill leaves a trace. */
export type JournalFact =
  | { readonly kind: "started" }
  | { readonly kind: "provisioning" }
  /** The engine has put the images in place; the deployment is ECS' own id (`ecs-svc/...`). */
  | { readonly kind: "provisioned"; readonly deploymentId: string; readonly taskDefinition: string }
  /** The new slot; after `turned-back` the old one, which somebody had taken away. */
  | { readonly kind: "scaled"; readonly count: number }
  /** Tasks and targets of the new version are healthy, and the checks passed; `by` says how they reached it. */
  | { readonly kind: "verified"; readonly by: "checks" | "targets" | "tasks" }
  | { readonly kind: "shifting"; readonly step: number; readonly percent: number }
  | { readonly kind: "shifted"; readonly step: number; readonly percent: number }
  /** The bake of a step is over and nothing was found. */
  | { readonly kind: "passed"; readonly step: number }
  /** All traffic is on the new version and the checks passed; only the commit is left, for which peers are waited for. */
  | { readonly kind: "ready" }
  /** An action ended badly, and doing the same again at once would not help. What follows from it is decided. */
  | { readonly kind: "failed"; readonly cause: Cause }
  /** `controller: ecs`: ECS waits for somebody, until when (ISO 8601), and what it does then. */
  | {
      readonly kind: "paused";
      readonly hookId: string;
      readonly stage: string;
      readonly until: string | null;
      readonly otherwise: "ROLLBACK" | "CONTINUE";
    }
  /** The pause is over, by somebody's word or by its time. */
  | { readonly kind: "continued"; readonly hookId: string }
  /** Somebody asked for the way back from another process. */
  | { readonly kind: "abort-asked"; readonly by: string; readonly reason?: string }
  /** Somebody went past an ECS pause or past the rest of a bake, or wants a release that stopped to go on. */
  | { readonly kind: "continue-asked"; readonly by: string; readonly reason?: string }
  /** The decision to go back; there is no way forward from it but `kept-new`. */
  | { readonly kind: "turned-back"; readonly cause: Cause }
  /** On the way back: the old side cannot be made to serve, so everything goes to the new one and stays there. */
  | { readonly kind: "kept-new"; readonly cause: Cause }
  /** Policy `ask`: what was answered, or `never`: what was found. */
  | { readonly kind: "left-as-is"; readonly cause: Cause }
  | { readonly kind: "weights-restored" }
  | { readonly kind: "restoring" }
  /** Rolling: the old images are in place again. */
  | { readonly kind: "restored"; readonly deploymentId: string }
  /** The new version is live in what the stack remembers; after `turned-back` the old one again. */
  | { readonly kind: "committing" }
  | { readonly kind: "committed" }
  /** The slot that does not serve runs nothing. */
  | { readonly kind: "retired" }
  | {
      readonly kind: "closed";
      readonly outcome: ReleaseOutcome;
      /** Why it is stuck. */
      readonly cause?: Cause;
    };

export type JournalEntry = JournalFact & {
  /** ISO 8601, by the clock of the cloud. */
  readonly at: string;
};

/** Who wants what, and why: the head of a journal. */
export interface ReleaseRequest {
  readonly command: "release" | "rollback" | "restart";
  /** What the operator gave as a reason. */
  readonly reason?: string;
  readonly by: { readonly identity: string | null; readonly user: string; readonly host: string; readonly ci?: string };
  /** Services that are released together, in their order. */
  readonly services: readonly string[];
  readonly order: "parallel" | "sequential";
  readonly allOrNothing: boolean;
}

/** The record of the release of one service, while it runs and afterwards. */
export interface Journal {
  /** Of this record's form. A driver does not touch a record of a form that it does not know. */
  readonly schema: 1;
  /** `<release>-<service>`; the release is one for all services of a command. */
  readonly id: string;
  readonly release: string;
  readonly stack: string;
  /** Of the lease of whoever wrote last: who has a smaller one is late, and must stop. */
  readonly fence: number;
  /** ISO 8601, machine time; entries are in the time of the cloud. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly request: ReleaseRequest;
  readonly plan: ServicePlan;
  readonly entries: readonly JournalEntry[];
}

export const journalSchema = 1;

/** Everything that was found against it, in its order. */
export const causesOf = ({ entries }: Pick<Journal, "entries">): readonly Cause[] =>
  entries.flatMap((entry) => ("cause" in entry && entry.cause !== undefined ? [entry.cause] : []));
