import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { LeaseHolding } from "../model/lease";
import type { Report } from "../model/report";
import type { Actor, CommandRun, RunOutcome } from "../ports/history";

/** How a run ended, in its entry in the history. */
export type RunEnd = Pick<CommandRun, "outcome" | "exitCode" | "result" | "error">;

/** A signal ended the process. */
export const interrupted: RunEnd = { outcome: "interrupted", exitCode: exitCodes.failed, result: null };

/** Ends of a report that are neither done nor failed. */
const outcomes: Readonly<Record<number, RunOutcome>> = {
  [exitCodes.done]: "done",
  [exitCodes.blocked]: "blocked",
  [exitCodes.locked]: "blocked",
  [exitCodes.rolledBack]: "rolled-back",
};

export function endOfReport({ data, exitCode = exitCodes.done }: Report): RunEnd {
  const result = typeof data["outcome"] === "string" ? data["outcome"] : null;
  return { outcome: result === "declined" ? "declined" : (outcomes[exitCode] ?? "failed"), exitCode, result };
}

export function endOf(error: unknown): RunEnd {
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
  return code === "lock-lost" ? "failed" : (outcomes[exitCode] ?? "failed");
}

/** Who acts, for the history. */
export const actor = ({ user, host, ci }: Context["machine"], identity: string | null): Actor => ({
  identity,
  user,
  host,
  ...(ci === undefined ? {} : { ci }),
});

/** Enters runs that were killed, each once, whichever of their locks is found. What cannot be written is left out. */
export function deadRunRecorder({
  stack,
  history,
}: Pick<Context, "stack" | "history">): (found: readonly (LeaseHolding | undefined)[]) => Promise<void> {
  const known = new Set<string>();
  return async (found) => {
    for (const holding of found) {
      if (holding === undefined) continue;
      const { machine, pid, processStartedAt, command } = holding.owner;
      const run = [machine, pid, processStartedAt, command].join(" ");
      if (!known.has(run)) await history.append(deadRun(stack, holding)).catch(() => undefined);
      known.add(run);
    }
  };
}

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
