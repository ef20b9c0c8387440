import type { Context } from "../context";
import { SlipwayError } from "../model/errors";
import { leaseTimes, type LeaseHolding } from "../model/lease";
import type { HeldLock } from "../ports/lock";
import type { Machine } from "../ports/machine";

/** The engine's own lock, as its refusal tells it. */
export interface EngineLock {
  /** `user@host`. */
  readonly by: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Whether the engine's lock is the one that a dead run's engine has left: made on this machine by the same user while
 * that run held our lock, by a process that is gone. A plain `pulumi` that runs somewhere is never taken for it.
 */
export function isLeftBy(
  { owner, since, renewedAt }: LeaseHolding,
  lock: EngineLock,
  machine: Pick<Machine, "id" | "isAlive">,
): boolean {
  const madeAt = Date.parse(lock.since);
  return (
    owner.machine === machine.id &&
    lock.by === `${owner.user}@${owner.host}` &&
    // The engine tells whole seconds.
    madeAt >= Date.parse(since) - 1_000 &&
    madeAt <= Date.parse(renewedAt) + leaseTimes.heartbeatMs &&
    !machine.isAlive({ pid: lock.pid })
  );
}

/** Runs an operation of the engine; when only a dead engine's lock is in its way, that is taken away first. */
export async function pastLeftLock<T>(
  { engine, machine, output }: Pick<Context, "engine" | "machine" | "output">,
  held: HeldLock,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const lock = engineLockIn(error);
    const { lastDead } = held;
    if (lock === undefined || lastDead === undefined || !isLeftBy(lastDead, lock, machine)) throw error;
    await held.assertHeld();
    output.say(`The engine of the dead run (process ${lock.pid}) has left its lock; it is taken away.`);
    await engine.cancel();
    return run();
  }
}

function engineLockIn(error: unknown): EngineLock | undefined {
  if (!(error instanceof SlipwayError) || error.code !== "stack-locked") return undefined;
  const { by, pid, since } = (error.data["lock"] ?? {}) as Partial<EngineLock>;
  return by === undefined || pid === undefined || since === undefined ? undefined : { by, pid, since };
}
