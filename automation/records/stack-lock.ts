import {
  claimed,
  describeOwner,
  leaseTimes,
  released,
  standing,
  type Lease,
  type LeaseEvidence,
  type LeaseHolding,
  type LeaseOwner,
} from "../model/lease";
import { describeDuration } from "../model/duration";
import type { SharedName } from "../model/switch/plan";
import type { Clock } from "../ports/clock";
import type { HeldLock, Lock, LockRequest, LockView } from "../ports/lock";
import type { Machine } from "../ports/machine";
import type { Pulse } from "../ports/pulse";
import type { Store } from "../ports/store";
import { heldLease } from "./held-lease";
import { leaseFile, type LeaseRecord } from "./lease-record";
import { lockedError } from "./lock-errors";
import { serviceSubject, stackSubject, switchSubject, type LockSubject } from "./lock-subject";
import type { RecordScope } from "./record-keys";

export interface StackLockOptions extends RecordScope {
  readonly store: Store;
  readonly clock: Clock;
  readonly pulse: Pulse;
  readonly machine: Machine;
}

/** How often a lock that is waited for is looked at: one small read. */
const pollMs = 2_000;

/** The lock of one stack. */
export const stackLock = (options: StackLockOptions): Lock => leaseLock(options, stackSubject(options));

/** The lock of the releases of one service. */
export const serviceLock = (options: StackLockOptions, service: string): Lock =>
  leaseLock(options, serviceSubject(options, service));

/** The lock of the switches of a name that two stacks share. */
export const switchLock = (options: StackLockOptions, shared: SharedName): Lock =>
  leaseLock(options, switchSubject(options, shared));

/** A lease in the store, changed by compare-and-swap only. */
function leaseLock({ store, clock, pulse, machine }: StackLockOptions, subject: LockSubject): Lock {
  const file = leaseFile({ store, subject });
  const now = (): number => clock.now().getTime();
  const evidence = (unchangedMs: number): LeaseEvidence => ({
    now: now(),
    machine: machine.id,
    isAlive: ({ pid, processStartedAt }) =>
      machine.isAlive({ pid, ...(processStartedAt === undefined ? {} : { startedAt: processStartedAt }) }),
    unchangedMs,
  });

  async function hold(
    lease: Lease,
    over: string | undefined,
    tookOverFrom: LeaseHolding | undefined,
  ): Promise<HeldLock | undefined> {
    const writtenAt = now();
    const version = await file.write(lease, over);
    if (version === undefined) return undefined;
    return heldLease({ subject, file, clock, pulse, lease, version, writtenAt, tookOverFrom });
  }

  async function acquire({ command, waitMs = 0, say }: LockRequest): Promise<HeldLock> {
    const owner = ownerOf(machine, command);
    const start = now();
    const watch = watching(now);
    const told = new Set<string>();
    const sayOnce = (text: string): void => {
      if (!told.has(text)) say(text);
      told.add(text);
    };
    for (;;) {
      const found = await file.read();
      const seen = evidence(watch(found?.version));
      const next = claimed(found?.lease, owner, seen);
      const holding = found?.lease.holding;
      if (next !== undefined) {
        const held = await hold(next, found?.version, holding);
        if (held !== undefined) {
          if (holding !== undefined) say(`The lock of ${describeOwner(holding.owner)}, which is dead, is taken over.`);
          return held;
        }
        continue; // Somebody else was faster, and is the holder to be told about now.
      }
      if (found === undefined || holding === undefined) continue;
      const verdict = standing(found.lease, seen);
      const waitedMs = now() - start;
      if (verdict.kind === "suspect") {
        sayOnce(
          `The lock of ${describeOwner(holding.owner)} has expired. Watching for ${describeDuration(leaseTimes.watchMs)} whether it is dead.`,
        );
        await clock.sleep(Math.min(pollMs, verdict.watchMs));
        continue;
      }
      if (waitedMs >= waitMs) throw lockedError(subject, holding, { waitedMs, now: now() });
      sayOnce(`Waiting for the lock of ${describeOwner(holding.owner)}: ${holding.owner.command}.`);
      await clock.sleep(Math.min(pollMs, waitMs - waitedMs));
    }
  }

  async function look({ thorough = false }: { readonly thorough?: boolean } = {}): Promise<LockView | undefined> {
    const watch = watching(now);
    for (;;) {
      const found = await file.read();
      if (found?.lease.holding === undefined) return undefined;
      const { owner, since, renewedAt } = found.lease.holding;
      const verdict = standing(found.lease, evidence(watch(found.version)));
      if (verdict.kind !== "suspect" || !thorough) return { owner, since, renewedAt, standing: verdict.kind };
      await clock.sleep(Math.min(pollMs, verdict.watchMs));
    }
  }

  return {
    name: subject.name,
    acquire,
    look,
    async free({ owner }) {
      const found = await file.read();
      if (found?.lease.holding?.owner.id !== owner.id) return false;
      return (await file.write(released(found.lease), found.version)) !== undefined;
    },
    async clear() {
      const found: LeaseRecord | undefined = await file.look();
      if (found?.kind !== "unreadable") return false;
      // The number before is not known; one that counts milliseconds is above any that counts runs.
      return (await file.write({ fence: now() }, found.version)) !== undefined;
    },
  };
}

/** For how long one version has been seen without a change. */
function watching(now: () => number): (version: string | undefined) => number {
  let seen: { readonly version: string | undefined; readonly since: number } | undefined;
  return (version) => {
    if (seen === undefined || seen.version !== version) seen = { version, since: now() };
    return now() - seen.since;
  };
}

const ownerOf = (machine: Machine, command: string): LeaseOwner => ({
  id: machine.randomId(),
  user: machine.user,
  host: machine.host,
  machine: machine.id,
  pid: machine.self.pid,
  ...(machine.self.startedAt === undefined ? {} : { processStartedAt: machine.self.startedAt }),
  command,
  ...(machine.ci === undefined ? {} : { ci: machine.ci }),
});
