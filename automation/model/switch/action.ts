import type { SwitchFact } from "./journal";
import type { Colour } from "./plan";

/** The next thing to do. */
export type SwitchAction =
  /** Route 53: so many percent of the answers for `to`, the rest for `from`, in one batch. */
  | { readonly kind: "shift"; readonly step: number; readonly percent: number }
  /** Route 53: all answers for one colour. */
  | { readonly kind: "restore"; readonly colour: Colour }
  /** The plan's checks; the next decision has their result in `observed.checks`. */
  | { readonly kind: "check"; readonly side: "direct" | "public" }
  /** Only written down. */
  | { readonly kind: "note"; readonly fact: SwitchFact }
  /** Look again after so long; `why` is what the operator reads. */
  | { readonly kind: "wait"; readonly ms: number; readonly why: string }
  /** Over. */
  | { readonly kind: "stop" };
