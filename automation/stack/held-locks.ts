import type { LeaseHolding } from "../model/lease";
import type { Machine } from "../ports/machine";
import type { HeldLock, Lock, LockRequest } from "../ports/lock";

/** Locks that one run holds together. */
export interface HeldLocks extends Pick<HeldLock, "lost" | "assertHeld" | "release"> {
  /** Fencing numbers, in the order in which the locks were named. */
  readonly fences: readonly number[];
  /** Dead holders whose places were taken. */
  readonly tookOverFrom: readonly LeaseHolding[];
}

/**
 * Takes several locks, or none: in the order of their names, so that of two runs that want the same ones neither has
 * what the other waits for. The wait is for all of them together.
 */
export async function holdAll(
  locks: readonly Lock[],
  { waitMs = 0, ...request }: LockRequest,
  machine: Pick<Machine, "now">,
): Promise<HeldLocks> {
  const begun = machine.now().getTime();
  const held = new Map<Lock, HeldLock>();
  const release = async (): Promise<void> => {
    for (const each of [...held.values()].reverse()) await each.release();
  };
  try {
    for (const lock of [...locks].sort(byName))
      held.set(
        lock,
        await lock.acquire({ ...request, waitMs: Math.max(0, waitMs - (machine.now().getTime() - begun)) }),
      );
  } catch (error) {
    await release();
    throw error;
  }
  const all = [...held.values()];
  return {
    lost: AbortSignal.any(all.map(({ lost }) => lost)),
    fences: locks.flatMap((lock) => held.get(lock)?.fence ?? []),
    tookOverFrom: all.flatMap(({ tookOverFrom }) => tookOverFrom ?? []),
    async assertHeld() {
      await Promise.all(all.map((each) => each.assertHeld()));
    },
    release,
  };
}

const byName = (one: Lock, other: Lock): number => (one.name < other.name ? -1 : 1);
