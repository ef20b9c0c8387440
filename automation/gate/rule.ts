import type { Change, Op } from "../model/change";

/** What a rule may know besides the change itself. */
export interface Run {
  readonly changes: readonly Change[];
  /** The stack has never been deployed: nobody uses any of it yet. */
  readonly firstDeployment: boolean;
}

export interface GateRule {
  readonly id: string;
  readonly kind: "block" | "warn" | "pass";
  /** Pulumi types; one that ends in `*` is a prefix. */
  readonly types: readonly string[];
  readonly ops: readonly Op[];
  /** Narrows the rule down further. */
  readonly when?: { readonly text: string; holds(change: Change, run: Run): boolean };
  /** Found besides the rule that decides: it says more, and does not take its place. @default false */
  readonly isBesides?: true;
  /** What may happen to users or operators. */
  readonly danger: string;
  readonly why: string;
}
