import type { Fault } from "./fault";
import type { StackConfig } from "./schema";

/** A rule between two values; the schema has already settled each value on its own. */
export interface CrossCheck {
  readonly id: string;
  readonly why: string;
  faults(config: StackConfig): readonly Fault[];
}

export const crossChecks: readonly CrossCheck[] = [];
