import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { usageError } from "../model/errors";
import { standOf } from "../model/release/fold";
import type { Journal } from "../model/release/journal";
import { releaseSteps } from "../model/release/release-steps";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";

export interface ReleaseHistoryOptions {
  readonly service?: string | undefined;
  /** How many, from the newest. @default 20 */
  readonly limit?: number | undefined;
}

/** Releases, rollbacks and restarts of a stack or of one service, newest first; each service of one is an entry. */
export async function releaseHistory(
  { journals, stack }: Pick<Context, "journals" | "stack">,
  { service, limit = 20 }: ReleaseHistoryOptions,
): Promise<Report> {
  if (!Number.isInteger(limit) || limit < 1) throw usageError(`--limit is ${limit}: it must be a whole number from 1.`);
  const found = await journals.latest(limit, service);
  return {
    summary:
      found.length === 0
        ? `Nothing was released in ${stack} yet${service === undefined ? "" : `, as far as ${service} goes`}.`
        : textTable(["When", "Service", "What", "Strategy", "Who", "Took", "Outcome"], found.map(row)),
    data: { stack, ...(service === undefined ? {} : { service }), releases: found.map(releaseData) },
  };
}

/** One release of one service for `--json`. */
export function releaseData(journal: Journal): Readonly<Record<string, unknown>> {
  const { id, release, request, plan, startedAt, finishedAt = null, fence, entries } = journal;
  const { outcome = "open", cause, phase } = standOf(journal);
  return {
    id,
    release,
    service: plan.service,
    command: request.command,
    outcome,
    phase,
    cause,
    by: request.by,
    reason: request.reason ?? null,
    strategy: plan.strategy,
    mode: plan.mode,
    from: plan.from,
    to: plan.to,
    startedAt,
    finishedAt,
    durationMs: tookMs(journal),
    steps: releaseSteps(journal),
    alarms: plan.alarms,
    ignoredAlarms: plan.ignoredAlarms,
    fence,
    entries,
  };
}

/** `v1 -> v2`, `restart of v1`. */
export const versionsOf = ({ request, plan }: Pick<Journal, "request" | "plan">): string => {
  const words = { release: "", rollback: "rollback ", restart: "restart of " }[request.command];
  return plan.restart ? `${words}${plan.from.version}` : `${words}${plan.from.version} -> ${plan.to.version}`;
};

/** From the first entry to the last, by the clock of the cloud. */
export function tookMs({ entries }: Pick<Journal, "entries">): number {
  const [first, last] = [entries[0], entries.at(-1)];
  return first === undefined || last === undefined ? 0 : Math.max(0, Date.parse(last.at) - Date.parse(first.at));
}

/** `done`, `rolled-back: web-5xx fires`. */
export function endingOf(journal: Journal): string {
  const { outcome = "open", cause } = standOf(journal);
  const [why] = cause?.text.split("\n", 1) ?? [];
  return why === undefined || outcome === "done" ? outcome : `${outcome}: ${why}`;
}

const row = (journal: Journal): readonly string[] => [
  journal.startedAt.replace(/\.\d+Z$/, "Z"),
  journal.plan.service,
  versionsOf(journal),
  journal.plan.strategy,
  whoOf(journal),
  describeDuration(tookMs(journal)),
  endingOf(journal),
];

const whoOf = ({ request: { by } }: Journal): string =>
  `${by.user}@${by.host}${by.ci === undefined ? "" : ` in ${by.ci}`}`;
