import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { usageError } from "../model/errors";
import { describeOwner } from "../model/lease";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import type { Actor, CommandRun, HistoryEntry } from "../ports/history";

export interface HistoryOptions {
  /** How many entries, from the newest. @default 20 */
  readonly limit?: number;
}

/** What was done to a stack, newest first. */
export async function history(
  { history: record, stack }: Pick<Context, "history" | "stack">,
  { limit = 20 }: HistoryOptions,
): Promise<Report> {
  if (!Number.isInteger(limit) || limit < 1) throw usageError(`--limit is ${limit}: it must be a whole number from 1.`);
  const entries = await record.latest(limit);
  return {
    summary:
      entries.length === 0
        ? `Nothing was done to ${stack} yet.`
        : textTable(["When", "What", "Who", "Took", "Outcome"], entries.map(row)),
    data: { stack, entries },
  };
}

function row(entry: HistoryEntry): readonly string[] {
  const when = entry.at.replace(/\.\d+Z$/, "Z");
  switch (entry.kind) {
    case "run":
      return [when, asked(entry), who(entry.by), describeDuration(entry.durationMs), ending(entry)];
    case "gate-override":
      return [when, "gate overridden", entry.by, "", `${entry.justification} (approved by ${entry.approvedBy})`];
    case "unlock": {
      const holder = entry.holder === null ? "an unreadable lock" : `the lock of ${describeOwner(entry.holder)}`;
      const what = entry.service === undefined ? "unlock" : `unlock --service ${entry.service}`;
      const reason = entry.reason === undefined ? "" : `: ${entry.reason}`;
      return [when, what, who(entry.by), "", `${holder}, ${entry.because}${reason}`];
    }
    case "switch": {
      const why = entry.cause === undefined ? "" : `: ${entry.cause.split("\n")[0] ?? ""}`;
      const what = `switch of ${entry.name} from ${entry.from} to ${entry.to}`;
      return [when, what, who(entry.by), describeDuration(entry.durationMs), `${entry.outcome}${why}`];
    }
    default:
      // Written by a newer Slipway; its own fields show with --json.
      return [when, String((entry as { readonly kind?: unknown }).kind), "", "", ""];
  }
}

/** `up --layer services --refresh`. */
const asked = ({ command, options }: CommandRun): string =>
  [command, ...Object.entries(options).map(([name, value]) => word(name, value))].filter(Boolean).join(" ");

const word = (name: string, value: unknown): string =>
  value === false ? "" : value === true ? `--${name}` : `--${name} ${String(value)}`;

const who = ({ identity, user, host, ci }: Actor): string =>
  `${user}@${host}${identity === null ? "" : ` as ${identity.replace(/^arn:[^:]*:[^:]*::/, "")}`}${ci === undefined ? "" : ` in ${ci}`}`;

const ending = ({ outcome, result, error, exitCode }: CommandRun): string => {
  const why = error?.code ?? (result === outcome ? null : result);
  return `${outcome}${why === null ? "" : ` (${why}${exitCode === 0 ? "" : `, exit ${exitCode}`})`}`;
};
