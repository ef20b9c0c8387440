import type { LeaseHolding, LeaseOwner, LeaseStanding } from "../model/lease";

export interface LockRequest {
  /** What the holder is doing, for whoever is refused: `up`. */
  readonly command: string;
  /** How long to wait for a living holder. @default 0 */
  readonly waitMs?: number;
  /** Told why this takes longer. */
  readonly say: (text: string) => void;
}

/** A lock that is held, until it is released or lost. */
export interface HeldLock {
  /** Grows with every holder, and never goes back: who has a smaller one is late. */
  readonly fence: number;
  /** Fires once when the lock is no longer this process': whoever acts must stop. */
  readonly lost: AbortSignal;
  /** The dead holder whose place this one took. */
  readonly tookOverFrom: LeaseHolding | undefined;
  /** The last holder whose process was found gone, by this one or one before. */
  readonly lastDead: LeaseHolding | undefined;
  /**
   * To be called right before anything that cannot be taken back.
   *
   * @throws SlipwayError `lock-lost` (exit 4)
   */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** Who holds the lock, and what may be done about it. */
export interface LockView {
  readonly owner: LeaseOwner;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly renewedAt: string;
  readonly standing: LeaseStanding["kind"];
}

/** One holder at a time, on all machines that share the records: of a stack, or of the releases of a service. */
export interface Lock {
  /** What it is the lock of, for messages: `staging`, `the release of web in staging`. Whoever takes several goes by it. */
  readonly name: string;
  /** @throws SlipwayError `stack-locked` or `release-locked` (exit 4) naming the holder */
  acquire(request: LockRequest): Promise<HeldLock>;
  /**
   * Who holds it; undefined when nobody does. With `thorough` an expired one is watched long enough to know that it
   * is dead, which takes half a minute.
   */
  look(options?: { readonly thorough?: boolean }): Promise<LockView | undefined>;
  /** Frees it from the holder that was looked at. False when it has changed since. */
  free(view: LockView): Promise<boolean>;
  /** Puts an empty lock in the place of a record that nobody can read. False when it can be read. */
  clear(): Promise<boolean>;
}
