import type { Finding } from "../model/finding";
import type { LeaseOwner } from "../model/lease";
import type { SwitchOutcome } from "../model/switch/journal";
import type { Colour } from "../model/switch/plan";

/** Who did something: as AWS names the caller, and the user of which machine in which CI run. */
export interface Actor {
  /** ARN; null when AWS was not asked. */
  readonly identity: string | null;
  readonly user: string;
  readonly host: string;
  readonly ci?: string;
}

/** How a changing command ended. */
export type RunOutcome = "done" | "failed" | "blocked" | "declined" | "interrupted" | "rolled-back";

/** One run of a changing command. Nothing in it is a secret. */
export interface CommandRun {
  readonly kind: "run";
  /** When it began: ISO 8601, UTC. */
  readonly at: string;
  readonly stack: string;
  readonly by: Actor;
  readonly command: string;
  /** What was asked for besides the stack, for example `{ layer: "services" }`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
  readonly outcome: RunOutcome;
  /** What it came to in the command's own word, for example `deployed` or `unchanged`; null when it failed. */
  readonly result: string | null;
  readonly exitCode: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** Fencing number of the lock that it held; null when it came to none, or held several: their journals have them. */
  readonly fence: number | null;
}

/** A closed gate that was overridden. */
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

/** A lock that was opened by hand. */
export interface Unlock {
  readonly kind: "unlock";
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly stack: string;
  readonly by: Actor;
  /** Of whose releases it was the lock; absent for the stack's own. */
  readonly service?: string;
  /** Whose it was; null when the record could not be read. */
  readonly holder: LeaseOwner | null;
  /** What made it right: the holder was dead, it was one's own, or it was forced. */
  readonly because: "dead" | "own" | "forced";
  /** Why it was forced. */
  readonly reason?: string;
}

/** A switch between two environments of one name that came to an end; both have it in their history. */
export interface EnvironmentSwitch {
  readonly kind: "switch";
  /** When it ended: ISO 8601, UTC. */
  readonly at: string;
  /** Whose history this is. */
  readonly stack: string;
  /** Who began it. */
  readonly by: Actor;
  /** Of its journal. */
  readonly id: string;
  readonly name: string;
  readonly from: Colour;
  readonly to: Colour;
  readonly outcome: SwitchOutcome;
  /** By the clock of the cloud, from the start to the end. */
  readonly durationMs: number;
  /** The same, from the last change of weights until it was on all name servers; null without one. */
  readonly movedMs: number | null;
  /** What was found. */
  readonly cause?: string;
  /** Why the health of `to` did not count. */
  readonly forced?: string;
}

export type HistoryEntry = CommandRun | GateOverride | Unlock | EnvironmentSwitch;

/** The record of what was decided and done to a stack; it is only ever added to. */
export interface History {
  append(entry: HistoryEntry): Promise<void>;
  /** The last entries, newest first. */
  latest(limit: number): Promise<readonly HistoryEntry[]>;
}
