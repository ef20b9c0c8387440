import type { Slot } from "../../../infra/releases";
import type { Cause } from "./cause";
import type { JournalFact } from "./journal";
import type { Weights } from "./plan";

/**
 * The next thing to do. The loop writes the intention into the journal where there is one, acts, and writes what came
 * of it; `note` and `close` are written only.
 */
export type Action =
  /** Engine: the images of `plan.to` into its slot. */
  | { readonly kind: "provision" }
  /** ECS: so many tasks in a slot. */
  | { readonly kind: "scale"; readonly slot: Slot; readonly count: number; readonly then: JournalFact }
  /** ECS: a fresh start of all tasks, with nothing else changed. */
  | { readonly kind: "force-deployment"; readonly slot: Slot }
  /** Load balancer: all routes get these weights. */
  | { readonly kind: "weigh"; readonly weights: Weights; readonly then: JournalFact }
  /** Engine: `plan.from` in its slot again (rolling), with whatever deployment is under way replaced by it. */
  | { readonly kind: "restore" }
  /** Engine: the stack remembers this slot as the live one, with all traffic. */
  | { readonly kind: "commit"; readonly live: Slot }
  /** The plan's checks against one side; the next decision has their result in `observed.checks`. */
  | { readonly kind: "check"; readonly side: "idle" | "live" }
  /** Only written down. */
  | { readonly kind: "note"; readonly fact: JournalFact }
  /** Somebody has to say whether to go back. */
  | { readonly kind: "ask"; readonly cause: Cause }
  /** Look again after so long; `why` is what the progress view says. */
  | { readonly kind: "wait"; readonly ms: number; readonly why: string }
  /** Over. */
  | { readonly kind: "stop" };
