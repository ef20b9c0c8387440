import { isStillMine, leaseTimes, released, renewed, type Lease, type LeaseHolding } from "../model/lease";
import type { Clock } from "../ports/clock";
import type { HeldLock } from "../ports/lock";
import type { Pulse } from "../ports/pulse";
import type { LeaseFile } from "./lease-record";
import { lostError } from "./lock-errors";
import type { LockSubject } from "./lock-subject";

export interface HeldLeaseOptions {
  readonly subject: LockSubject;
  readonly file: LeaseFile;
  readonly clock: Clock;
  readonly pulse: Pulse;
  readonly lease: Lease;
  readonly version: string;
  /** When the lease was written, by this machine's clock, taken before the write. */
  readonly writtenAt: number;
  readonly tookOverFrom: LeaseHolding | undefined;
}

/** Keeps a lease alive until it is released, and tells its holder when it is lost. */
export function heldLease({ subject, file, clock, pulse, tookOverFrom, ...start }: HeldLeaseOptions): HeldLock {
  const lost = new AbortController();
  const ownId = start.lease.holding?.owner.id;
  let { lease, version, writtenAt } = start;
  /** One write at a time: the version that the next one names is the answer to the last. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const lose = (why: string): void => {
    if (!lost.signal.aborted) lost.abort(lostError(subject, why));
  };

  const renew = async (): Promise<void> => {
    if (lost.signal.aborted) return;
    const now = clock.now().getTime();
    const next = renewed(lease, now);
    try {
      const written = await file.write(next, version);
      if (written !== undefined) {
        [lease, version, writtenAt] = [next, written, now];
        return;
      }
      await afterConflict(now);
    } catch (error) {
      // The store may come back in time. What must not be is acting on when the others believe this holder is dead.
      if (!isStillMine(writtenAt, clock.now().getTime())) lose(`no sign of life could be given (${text(error)})`);
    }
  };

  /** A write whose answer was lost looks like somebody else's when it is tried again. */
  const afterConflict = async (now: number): Promise<void> => {
    const found = await file.look();
    const holder = found?.kind === "read" ? found.lease.holding : undefined;
    if (found?.kind === "read" && holder?.owner.id === ownId)
      [lease, version, writtenAt] = [found.lease, found.version, Math.min(now, Date.parse(holder?.renewedAt ?? ""))];
    else
      lose(
        holder === undefined ? "it was opened by somebody" : `${holder.owner.user}@${holder.owner.host} has taken it`,
      );
  };

  const stop = pulse.every(leaseTimes.heartbeatMs, () => void inTurn(renew));

  return {
    fence: lease.fence,
    lost: lost.signal,
    tookOverFrom,
    lastDead: lease.lastDead,
    async assertHeld() {
      await inTurn(renew);
      if (!lost.signal.aborted && !isStillMine(writtenAt, clock.now().getTime())) lose("it has expired");
      if (lost.signal.aborted) throw lost.signal.reason as Error;
    },
    async release() {
      stop();
      await inTurn(async () => {
        // What cannot be given back expires.
        if (!lost.signal.aborted) await file.write(released(lease), version).catch(() => undefined);
      });
    },
  };
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
