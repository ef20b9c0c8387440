import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { LeaseHolding } from "../model/lease";
import type { Report } from "../model/report";
import type { CommandRun, RunOutcome } from "../ports/history";
import type { HeldLock } from "../ports/lock";
import { requireConsent, type Consent } from "./ask-first";
import { guardAccount } from "./guard";
import { pastLeftLock } from "./left-lock";
import { waitForLockMs } from "./wait-for-lock";

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
}

export type ChangingContext = Pick<
  Context,
  "stack" | "config" | "identity" | "engine" | "output" | "lock" | "history" | "machine" | "farewell"
>;

/** What the work under the lock has to look at. */
export interface UnderLock {
  /** For the engine: fires when the lock is lost. */
  readonly signal?: AbortSignal;
  /** Before anything that cannot be taken back. @throws SlipwayError `lock-lost` */
  assertHeld(): Promise<void>;
  /** Runs an operation of the engine; a lock that the engine of a dead run has left does not stop it. */
  engineRun<T>(run: () => Promise<T>): Promise<T>;
}

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
  if (options.dryRun === true) return work({ assertHeld: async () => undefined, engineRun: (run) => run() });

  const held = await context.lock.acquire({ command, waitMs, say: (text) => context.output.say(text) });
  if (held.tookOverFrom !== undefined)
    await context.history.append(deadRun(context.stack, held.tookOverFrom)).catch(() => undefined);
  const forget = context.farewell.before(async () => {
    await record(interrupted, arn, held.fence).catch(() => undefined);
    await held.release();
  });
  const finish = async (end: RunEnd): Promise<void> => {
    forget();
    await record(end, arn, held.fence).catch((error: unknown) => tellUnrecorded(context, error));
    await held.release();
  };
  try {
    const report = await work({
      signal: held.lost,
      assertHeld: () => held.assertHeld(),
      engineRun: (run) => pastLeftLock(context, held, run),
    });
    await finish(endOfReport(report));
    return report;
  } catch (thrown) {
    const error = withLoss(thrown, held);
    await finish(endOf(error));
    throw error;
  }
}

type RunEnd = Pick<CommandRun, "outcome" | "exitCode" | "result" | "error">;

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

/** The entry that a killed run could not leave itself. */
const deadRun = (stack: string, { owner, since, renewedAt }: LeaseHolding): CommandRun => ({
  kind: "run",
  at: since,
  stack,
  by: { identity: null, user: owner.user, host: owner.host, ...(owner.ci === undefined ? {} : { ci: owner.ci }) },
  command: owner.command,
  options: {},
  durationMs: Math.max(0, Date.parse(renewedAt) - Date.parse(since)),
  outcome: "interrupted",
  exitCode: exitCodes.failed,
  result: null,
  error: {
    code: "killed",
    message: "The run was killed; a later one has found its lock. Its last sign of life ends it.",
  },
  fence: null,
});

/** Who acts, for the history. */
export const actor = ({ user, host, ci }: Context["machine"], identity: string | null): CommandRun["by"] => ({
  identity,
  user,
  host,
  ...(ci === undefined ? {} : { ci }),
});

const interrupted: RunEnd = { outcome: "interrupted", exitCode: exitCodes.failed, result: null };

function endOfReport({ data, exitCode = exitCodes.done }: Report): RunEnd {
  const result = typeof data["outcome"] === "string" ? data["outcome"] : null;
  const outcome = result === "declined" ? "declined" : exitCode === exitCodes.done ? "done" : "failed";
  return { outcome, exitCode, result };
}

function endOf(error: unknown): RunEnd {
  if (!(error instanceof SlipwayError))
    return {
      outcome: "failed",
      exitCode: exitCodes.failed,
      result: null,
      error: { code: "bug", message: error instanceof Error ? error.message : String(error) },
    };
  const { code, exitCode, message } = error;
  return { outcome: outcomeOf(error), exitCode, result: null, error: { code, message } };
}

function outcomeOf({ code, exitCode }: SlipwayError): RunOutcome {
  if (code === "interrupted") return "interrupted";
  if (code === "lock-lost") return "failed";
  return exitCode === exitCodes.blocked || exitCode === exitCodes.locked ? "blocked" : "failed";
}

const isRefusal = (error: unknown): boolean => error instanceof SlipwayError && error.exitCode === exitCodes.blocked;

const callerIn = (error: unknown): string | null =>
  error instanceof SlipwayError && typeof error.data["caller"] === "string" ? error.data["caller"] : null;

/** The engine only knows that it was stopped; why is what the operator needs first. */
function withLoss(thrown: unknown, { lost }: HeldLock): unknown {
  const reason: unknown = lost.reason;
  if (!lost.aborted || !(reason instanceof SlipwayError) || thrown === reason) return thrown;
  const told = thrown instanceof Error ? thrown.message : String(thrown);
  return new SlipwayError(
    {
      code: reason.code,
      exitCode: reason.exitCode,
      message: `${reason.message}\n\n${told}`,
      remedy: reason.remedy,
      data: thrown instanceof SlipwayError ? thrown.data : {},
    },
    { cause: thrown },
  );
}

/** What was done is done; that the record of it is missing must be seen all the same. */
function tellUnrecorded({ output, stack }: ChangingContext, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  output.say(`WARNING: the history of ${stack} has no entry for this run: ${why}`);
}
