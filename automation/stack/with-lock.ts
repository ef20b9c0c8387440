import type { Context } from "../context";
import { SlipwayError } from "../model/errors";
import type { Lock } from "../ports/lock";
import { pastLeftLock } from "./left-lock";
import { withLoss } from "./lock-loss";
import { deadRunRecorder } from "./run-record";
import { waitForLockMs } from "./wait-for-lock";

export interface WithLockRequest {
  /** What the holder is doing, for whoever is refused: `release`. */
  readonly command: string;
  /** A duration such as `10m`. @default 10 minutes: whoever is in the middle of something waits longer than to begin */
  readonly waitForLock?: string | undefined;
  /** What to do when somebody else has it all that time. @default as for a run that has not begun */
  readonly whenLocked?: string;
  /** Enters a killed run whose lock is found. @default always */
  readonly recordDead?: ReturnType<typeof deadRunRecorder>;
}

/** What the work under the stack's lock has to look at. */
export interface UnderOneLock {
  /** For the engine: fires when the lock is lost. */
  readonly signal: AbortSignal;
  /** @throws SlipwayError `lock-lost` */
  readonly assertHeld: () => Promise<void>;
  /** Runs an operation of the engine; a lock that the engine of a dead run has left does not stop it. */
  readonly engineRun: <T>(run: () => Promise<T>) => Promise<T>;
}

export type WithLockContext = Pick<Context, "stack" | "engine" | "output" | "history" | "machine" | "farewell">;

/** Holds a lock for a part of a run. No entry in the history: the run has its own. */
export async function withLock<T>(
  context: WithLockContext,
  lock: Lock,
  request: WithLockRequest,
  work: (under: UnderOneLock) => Promise<T>,
): Promise<T> {
  const { command, waitForLock = "", whenLocked, recordDead = deadRunRecorder(context) } = request;
  const held = await lock
    .acquire({ command, waitMs: waitForLockMs(waitForLock), say: (text) => context.output.say(text) })
    .catch((error: unknown) => {
      throw told(error, whenLocked);
    });
  await recordDead([held.tookOverFrom]);
  const forget = context.farewell.before(() => held.release());
  try {
    return await work({
      signal: held.lost,
      assertHeld: () => held.assertHeld(),
      engineRun: (run) => pastLeftLock(context, held, run),
    });
  } catch (thrown) {
    throw withLoss(thrown, held.lost);
  } finally {
    forget();
    await held.release();
  }
}

/** The same refusal with another way out. */
function told(error: unknown, remedy: string | undefined): unknown {
  if (!(error instanceof SlipwayError) || remedy === undefined) return error;
  const { code, exitCode, message, data } = error;
  return new SlipwayError({ code, exitCode, message, remedy, data }, { cause: error });
}
