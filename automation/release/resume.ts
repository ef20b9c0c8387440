import { nearest } from "../../infra/config/nearest";
import type { Context } from "../context";
import { usageError } from "../model/errors";
import { standOf } from "../model/release/fold";
import type { Journal, JournalFact } from "../model/release/journal";
import type { Report } from "../model/report";
import type { StoredJournal } from "../ports/journals";
import type { Consent } from "../stack/ask-first";
import { changing, type ChangingContext, type LockOptions } from "../stack/changing";
import { appendWish } from "./append-wish";
import { concluded } from "./conclude";
import { locksOf, runStored, type RunContext } from "./run-stored";

export type ResumeContext = ChangingContext & RunContext & Pick<Context, "serviceLock">;

export interface ResumeOptions extends Consent, LockOptions {
  /** Only this one, and those that are released together with it, all or none. @default every open release */
  readonly service?: string | undefined;
}

/** A resume, or one with a wish that is written down first. */
export interface Resumption {
  readonly command: "release resume" | "release abort" | "release continue";
  readonly wish: (journal: Journal, by: string) => JournalFact | undefined;
  /** For the history. */
  readonly reason?: string | undefined;
}

/** A release that stopped, and was left as it was, goes on only when somebody says so: this is it. */
const plainResumption: Resumption = {
  command: "release resume",
  wish: (journal, by) => (standOf(journal).phase === "halted" ? { kind: "continue-asked", by } : undefined),
};

/**
 * Goes on with releases that nobody has in hand: forward, or back where that was decided.
 *
 * @throws SlipwayError `release-locked` (exit 4) when somebody has one in hand
 */
export async function resume(
  context: ResumeContext,
  options: ResumeOptions,
  { command, wish, reason }: Resumption = plainResumption,
): Promise<Report> {
  const journals = await openReleases(context, options.service);
  return journals.length === 0
    ? nothingOpen(context.stack, options.service)
    : resumeThese(context, journals, options, { command, wish, reason });
}

/** Goes on with these, or with those of them that nobody has finished when their locks are held. */
export async function resumeThese(
  context: ResumeContext,
  journals: readonly Journal[],
  options: ResumeOptions,
  { command, wish, reason }: Resumption,
): Promise<Report> {
  const services = journals.map(({ plan }) => plan.service);
  if (options.dryRun === true)
    return {
      summary: `A dry run: this would go on with ${journals.map(({ id }) => id).join(", ")}.`,
      data: { outcome: "dry-run", releases: journals.map(({ id }) => id) },
    };
  const locks = services.map((service) => context.serviceLock(service));
  return changing(context, { command, options, asked: { service: options.service, reason }, locks }, async (under) => {
    const held = locksOf(under, services);
    // Somebody may have finished one while its lock was waited for.
    const ids = (await openReleases(context, undefined)).map(({ id }) => id);
    const left = journals.filter(({ id }) => ids.includes(id));
    if (left.length === 0) return nothingOpen(context.stack, options.service);
    const ends = [];
    for (const group of byRelease(left)) {
      const [first] = group;
      if (first === undefined) continue;
      const starts = group.map(({ plan }) => ({
        service: plan.service,
        open: () => reopened(context, plan.service, wish),
      }));
      ends.push(
        ...(await runStored(context, held, { ...first.request, release: first.release, order: "parallel" }, starts)),
      );
    }
    return concluded(context, { command: "release" }, ends);
  });
}

/**
 * Open releases of the stack, or of one service and of those that stand or fall with it.
 *
 * @throws SlipwayError `usage` (exit 2) for a name that is neither a service nor that of an open release
 */
export async function openReleases(
  { journals, config, stack }: Pick<Context, "journals" | "config" | "stack">,
  service: string | undefined,
): Promise<readonly Journal[]> {
  const found = (await Promise.all((await journals.openServices()).map((name) => journals.open(name)))).flatMap(
    (stored) => (stored === undefined ? [] : [stored.journal]),
  );
  if (service === undefined) return found;
  const own = found.find(({ plan }) => plan.service === service);
  const known = Object.keys(config.services);
  if (own === undefined && !known.includes(service)) {
    const meant = nearest(service, known);
    throw usageError(
      `${stack} has no service "${service}": there is ${known.join(", ") || "none"}. Nothing was changed.`,
      meant === undefined ? "Name one of them." : `Did you mean \`${meant}\`?`,
    );
  }
  return found.filter(
    ({ plan, release, request }) => plan.service === service || (request.allOrNothing && release === own?.release),
  );
}

export const nothingOpen = (stack: string, service: string | undefined): Report => ({
  summary: `No release${service === undefined ? "" : ` of ${service}`} is open in ${stack}: nothing to do.`,
  data: { outcome: "nothing-open" },
});

/** Those of one command together. */
export const byRelease = (journals: readonly Journal[]): readonly (readonly Journal[])[] => [
  ...journals
    .reduce(
      (groups, journal) => groups.set(journal.release, [...(groups.get(journal.release) ?? []), journal]),
      new Map<string, Journal[]>(),
    )
    .values(),
];

/** The journal as it is when the lock is held, with the wish behind it. */
async function reopened(context: ResumeContext, service: string, wish: Resumption["wish"]): Promise<StoredJournal> {
  const { user, host } = context.machine;
  const stored = await appendWish(context, service, (journal) => wish(journal, `${user}@${host}`));
  if (stored === undefined) throw new Error(`the release of ${service} was closed by somebody else`);
  return stored;
}
