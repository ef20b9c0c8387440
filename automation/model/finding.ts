import type { Op } from "./change";

/** A change that a person should see, and the gate rule that found it. */
export interface Finding {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly op: Op;
  /** Id of the rule. */
  readonly rule: string;
  /** What may happen to users or operators. */
  readonly danger: string;
  readonly why: string;
}
