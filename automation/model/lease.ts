/** Who holds a lease. */
export interface LeaseOwner {
  /** Random: one holding, not one user. */
  readonly id: string;
  readonly user: string;
  readonly host: string;
  /** `Machine.id`. */
  readonly machine: string;
  readonly pid: number;
  readonly processStartedAt?: string;
  /** What it does, for example `up`. */
  readonly command: string;
  /** The CI run it belongs to. */
  readonly ci?: string;
}

export interface LeaseHolding {
  readonly owner: LeaseOwner;
  /** ISO 8601, UTC, by the holder's clock; so are the others. */
  readonly since: string;
  readonly renewedAt: string;
  readonly expiresAt: string;
}

/** The lock's record. It stays when nobody holds the lock, so that the fencing number only grows. */
export interface Lease {
  /** Number of the last holding. */
  readonly fence: number;
  readonly holding?: LeaseHolding;
  /** The last holder whose process was found gone: its engine may have left a lock of its own. */
  readonly lastDead?: LeaseHolding;
}

/**
 * A holder that cannot renew gives up after `ttlMs`, by its own clock. Another machine takes over only when the lease
 * has expired by `skewMs` more (clocks that NTP keeps are within seconds) and was watched without a sign of life for
 * two heartbeats, so that a living holder is safe even from a clock that is hours wrong.
 */
export const leaseTimes = { heartbeatMs: 15_000, ttlMs: 60_000, skewMs: 60_000, watchMs: 35_000 } as const;

/** What is known about a lease by whoever wants it. */
export interface LeaseEvidence {
  /** Milliseconds since 1970 by the observer's own clock. */
  readonly now: number;
  /** `Machine.id` of the observer. */
  readonly machine: string;
  /** Whether the owner's process runs; asked only about a process of the observer's machine. */
  readonly isAlive: (owner: LeaseOwner) => boolean;
  /** For how long this very version of the record was seen, by the observer's own clock. */
  readonly unchangedMs: number;
}

export type LeaseStanding =
  /** Nobody holds it. */
  | { readonly kind: "free" }
  /** Its process is gone from this machine. */
  | { readonly kind: "dead" }
  /** It has expired and nobody has renewed it while it was watched. */
  | { readonly kind: "expired" }
  /** It has expired by this machine's clock; whether that clock is right shows when it is watched for so long. */
  | { readonly kind: "suspect"; readonly watchMs: number }
  | { readonly kind: "held" };

/** Whether a lease may be taken. */
export function standing({ holding }: Lease, evidence: LeaseEvidence): LeaseStanding {
  if (holding === undefined) return { kind: "free" };
  const { owner, expiresAt } = holding;
  if (owner.machine === evidence.machine) {
    // The process table is proof either way: a stopped process is alive, and its lease stays its own.
    return { kind: evidence.isAlive(owner) ? "held" : "dead" };
  }
  if (evidence.now <= Date.parse(expiresAt) + leaseTimes.skewMs) return { kind: "held" };
  const left = leaseTimes.watchMs - evidence.unchangedMs;
  return left > 0 ? { kind: "suspect", watchMs: left } : { kind: "expired" };
}

/** The record that makes `owner` the holder; undefined when it is somebody else's. */
export function claimed(lease: Lease | undefined, owner: LeaseOwner, evidence: LeaseEvidence): Lease | undefined {
  const before: Lease = lease ?? { fence: 0 };
  const { kind } = standing(before, evidence);
  if (kind === "held" || kind === "suspect") return undefined;
  const now = iso(evidence.now);
  const lastDead = kind === "dead" ? before.holding : before.lastDead;
  return {
    ...(lastDead === undefined ? {} : { lastDead }),
    fence: before.fence + 1,
    holding: { owner, since: now, renewedAt: now, expiresAt: iso(evidence.now + leaseTimes.ttlMs) },
  };
}

/** The record with a sign of life. */
export function renewed(lease: Lease, now: number): Lease {
  const { holding } = lease;
  if (holding === undefined) return lease;
  return { ...lease, holding: { ...holding, renewedAt: iso(now), expiresAt: iso(now + leaseTimes.ttlMs) } };
}

/** The record without a holder. */
export const released = ({ fence, lastDead }: Lease): Lease => ({
  fence,
  ...(lastDead === undefined ? {} : { lastDead }),
});

/** Whether a holder may still act that has last written its lease at `renewedAt`, both by its own clock. */
export const isStillMine = (renewedAt: number, now: number): boolean => now < renewedAt + leaseTimes.ttlMs;

/** `kim@build-7 (process 4711)`. */
export const describeOwner = ({ user, host, pid, ci }: LeaseOwner): string =>
  `${user}@${host} (process ${pid})${ci === undefined ? "" : ` in ${ci}`}`;

/** @throws Error when the text is no lease */
export function parseLease(text: string): Lease {
  const { fence, holding, lastDead } = JSON.parse(text) as Partial<Lease>;
  if (!Number.isSafeInteger(fence) || fence === undefined || fence < 0) throw new Error("it has no fencing number");
  if (lastDead !== undefined) checkHolding(lastDead);
  if (holding !== undefined) checkHolding(holding);
  return {
    fence,
    ...(holding === undefined ? {} : { holding }),
    ...(lastDead === undefined ? {} : { lastDead }),
  };
}

function checkHolding(holding: LeaseHolding): void {
  const { owner, since, renewedAt, expiresAt } = holding;
  const { id, user, host, machine, command } = (owner as LeaseOwner | undefined) ?? {};
  const texts = [id, user, host, machine, command, since, renewedAt, expiresAt];
  if (!texts.every((one) => typeof one === "string")) throw new Error("it does not say who holds it");
  if (Number.isNaN(Date.parse(expiresAt))) throw new Error("it does not say when it expires");
}

const iso = (ms: number): string => new Date(ms).toISOString();
