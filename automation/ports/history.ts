import type { Finding } from "../model/finding";

/** What has to be known later about a decision. */
export interface GateOverride {
  readonly kind: "gate-override";
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly stack: string;
  /** Who ran the command, as AWS names the caller. */
  readonly by: string;
  readonly justification: string;
  readonly approvedBy: string;
  readonly findings: readonly Finding[];
}

export type HistoryEntry = GateOverride;

/** The record of what was decided and done to a stack; it is only ever added to. */
export interface History {
  append(entry: HistoryEntry): Promise<void>;
}
