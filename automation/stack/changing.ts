import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import type { HeldLock, Lock } from "../ports/lock";
import { requireConsent, type Consent } from "./ask-first";
import { guardAccount } from "./guard";
import { holdAll, type HeldLocks } from "./held-locks";
import { pastLeftLock } from "./left-lock";
import { withLoss } from "./lock-loss";
import { actor, deadRunRecorder, endOf, endOfReport, interrupted, type RunEnd } from "./run-record";
import { waitForLockMs } from "./wait-for-lock";
import { withLock } from "./with-lock";

export { actor };

/** How long to wait for a lock that somebody else holds. */
export interface LockOptions {
  /** A duration such as `10m`; an empty text is the usual one. @default not at all */
  readonly waitForLock?: string | undefined;
}

export interface Changing {
  readonly command: string;
  readonly options: Consent & LockOptions;
  /** What the history says was asked for; what is undefined is left out. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** Held for the whole time. Without the stack's own, that one is taken for each operation of the engine. @default the stack's */
  readonly locks?: readonly Lock[];
}

export type ChangingContext = Pick<
  Context,
  "stack" | "config" | "identity" | "engine" | "output" | "lock" | "history" | "machine" | "farewell"
>;

/** What the work under the lock has to look at. */
export interface UnderLock {
  /** For the engine: fires when one of the locks is lost. */
  readonly signal?: AbortSignal;
  /** Fencing numbers, in the order of the request's `locks`; none in a dry run. */
  readonly fences: readonly number[];
  /** Before anything that cannot be taken back. @throws SlipwayError `lock-lost` */
  readonly assertHeld: () => Promise<void>;
  /**
   * Runs an operation of the engine while the stack's lock is held; a lock that the engine of a dead run has left does
   * not stop it. The signal fires when any lock is lost.
   */
  readonly engineRun: <T>(run: (signal: AbortSignal | undefined) => Promise<T>) => Promise<T>;
}

const dry: UnderLock = { fences: [], assertHeld: async () => undefined, engineRun: (run) => run(undefined) };

/**
 * What every changing command does around its work: it refuses to begin where nobody can be asked, asks AWS who is
 * calling, takes the lock, and leaves an entry in the history however the work ends. A dry run only looks: it needs no
 * lock and leaves no entry.
 */
export async function changing(
  context: ChangingContext,
  request: Changing,
  work: (under: UnderLock) => Promise<Report>,
): Promise<Report> {
  const { options, command } = request;
  requireConsent(context.output, options);
  const waitMs = waitForLockMs(options.waitForLock);
  const start = context.machine.now().getTime();
  const record = recorder(context, request, start);
  const { arn } = await guardAccount(context).catch(async (error: unknown) => {
    // Whoever is in the wrong account can often not write the history either; the refusal is what counts.
    if (options.dryRun !== true && isRefusal(error))
      await record(endOf(error), callerIn(error), null).catch(() => undefined);
    throw error;
  });
  if (options.dryRun === true) return work(dry);

  const say = (text: string): void => context.output.say(text);
  const recordDead = deadRunRecorder(context);
  const { held, engineRun } = await takeLocks(context, request, { command, waitMs, say }, recordDead);
  await recordDead(held.tookOverFrom);
  const fence = held.fences.length === 1 ? (held.fences[0] ?? null) : null;
  const forget = context.farewell.before(async () => {
    await record(interrupted, arn, fence).catch(() => undefined);
    await held.release();
  });
  const finish = async (end: RunEnd): Promise<void> => {
    forget();
    await record(end, arn, fence).catch((error: unknown) => tellUnrecorded(context, error));
    await held.release();
  };
  try {
    const { lost: signal, fences } = held;
    const report = await work({ signal, fences, assertHeld: () => held.assertHeld(), engineRun });
    await finish(endOfReport(report));
    return report;
  } catch (thrown) {
    const error = withLoss(thrown, held.lost);
    await finish(endOf(error));
    throw error;
  }
}

interface TakenLocks {
  readonly held: HeldLocks;
  readonly engineRun: UnderLock["engineRun"];
}

/** The stack's own lock serves the engine too; with others it is taken only for as long as the engine runs. */
async function takeLocks(
  context: ChangingContext,
  { locks, command, options: { waitForLock } }: Changing,
  lockRequest: Parameters<Lock["acquire"]>[0],
  recordDead: ReturnType<typeof deadRunRecorder>,
): Promise<TakenLocks> {
  if (locks === undefined) {
    const own = await context.lock.acquire(lockRequest);
    return { held: alone(own), engineRun: (run) => pastLeftLock(context, own, () => run(own.lost)) };
  }
  const held = await holdAll(locks, lockRequest, context.machine);
  const inTurn = turns();
  const whenLocked = `What was begun is where it was; nobody goes on with it. \`slipway release resume ${context.stack}\` does, when that run is over.`;
  return {
    held,
    engineRun: (run) =>
      inTurn(() =>
        withLock(context, context.lock, { command, waitForLock, whenLocked, recordDead }, async (under) => {
          // That may have taken minutes.
          await held.assertHeld();
          return under.engineRun(() => run(AbortSignal.any([held.lost, under.signal])));
        }),
      ),
  };
}

const alone = (own: HeldLock): HeldLocks => ({
  lost: own.lost,
  fences: [own.fence],
  tookOverFrom: own.tookOverFrom === undefined ? [] : [own.tookOverFrom],
  assertHeld: () => own.assertHeld(),
  release: () => own.release(),
});

/** Services that are released together would each wait for the lock that the other one has, in the same process. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

const recorder =
  ({ stack, history, machine }: ChangingContext, { command, asked = {} }: Changing, start: number) =>
  (end: RunEnd, identity: string | null, fence: number | null): Promise<void> =>
    history.append({
      kind: "run",
      at: new Date(start).toISOString(),
      stack,
      by: actor(machine, identity),
      command,
      options: Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
      durationMs: machine.now().getTime() - start,
      ...end,
      fence,
    });

const isRefusal = (error: unknown): boolean => error instanceof SlipwayError && error.exitCode === exitCodes.blocked;

const callerIn = (error: unknown): string | null =>
  error instanceof SlipwayError && typeof error.data["caller"] === "string" ? error.data["caller"] : null;

/** What was done is done; that the record of it is missing must be seen all the same. */
function tellUnrecorded({ output, stack }: ChangingContext, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  output.say(`WARNING: the history of ${stack} has no entry for this run: ${why}`);
}
