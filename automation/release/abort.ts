import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import { standOf } from "../model/release/fold";
import type { Journal, JournalFact } from "../model/release/journal";
import type { Report } from "../model/report";
import { requireConsent } from "../stack/ask-first";
import { guardAccount } from "../stack/guard";
import { appendWish } from "./append-wish";
import { forget } from "./forget";
import { byRelease, nothingOpen, openReleases, resumeThese, type ResumeContext, type ResumeOptions } from "./resume";

export interface WishOptions extends ResumeOptions {
  /** Why, for the record. */
  readonly reason?: string | undefined;
}

export interface AbortOptions extends WishOptions {
  /** Only close the record, and leave at AWS what is there; see `forget`. @default false */
  readonly forget?: boolean | undefined;
}

/** Takes open releases back: by whoever has them in hand, or by this run when nobody has. */
export const abort = (context: ResumeContext, options: AbortOptions): Promise<Report> =>
  options.forget === true
    ? forget(context, options)
    : wished(context, options, { command: "release abort", kind: "abort-asked" });

/** Goes past a pause or the rest of a watch, or makes a release that was left as it is go on. */
export const goOn = (context: ResumeContext, options: WishOptions): Promise<Report> =>
  wished(context, options, { command: "release continue", kind: "continue-asked" });

/** Between two looks at a release that another process takes back. */
const followMs = 2_000;
/** Whoever has it in hand looks into the record more often than that; after so long it does not listen. */
const longestFollowMs = 30 * 60_000;

interface Wish {
  readonly command: "release abort" | "release continue";
  readonly kind: "abort-asked" | "continue-asked";
}

async function wished(context: ResumeContext, options: WishOptions, wish: Wish): Promise<Report> {
  const { service } = options;
  const open = await openReleases(context, service);
  if (open.length === 0) return nothingOpen(context.stack, service);
  requireConsent(context.output, options);
  if (options.dryRun === true)
    return {
      summary: `A dry run: ${open.map(({ id }) => id).join(", ")} would be told.`,
      data: { outcome: "dry-run", releases: open.map(({ id }) => id) },
    };
  // One may be in somebody's hands while another was left behind.
  const reports: Report[] = [];
  for (const group of byRelease(open)) reports.push(await wishedOf(context, group, options, wish));
  return inOne(reports);
}

/** Of one command's releases. */
async function wishedOf(
  context: ResumeContext,
  open: readonly Journal[],
  options: WishOptions,
  { command, kind }: Wish,
): Promise<Report> {
  const { machine } = context;
  const { reason } = options;
  const fact = (): JournalFact => ({
    kind,
    by: `${machine.user}@${machine.host}`,
    ...(reason === undefined ? {} : { reason }),
  });
  try {
    // Whoever has it in hand is told now: while its lock is waited for it would only go on.
    return await resumeThese(context, open, { ...options, waitForLock: undefined }, { command, wish: fact, reason });
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.code !== "release-locked") throw error;
  }
  await guardAccount(context);
  await Promise.all(
    open.map(({ id, plan }) =>
      appendWish(context, plan.service, (journal) => (journal.id === id ? fact() : undefined)),
    ),
  );
  context.output.say(`Whoever has it in hand was told: ${open.map(({ id }) => id).join(", ")}.`);
  return kind === "abort-asked" ? followed(context, open) : told(open);
}

/** The gravest end is the end. */
function inOne(reports: readonly Report[]): Report {
  const [first] = reports;
  if (first !== undefined && reports.length === 1) return first;
  const codes = reports.map(({ exitCode = exitCodes.done }) => exitCode);
  const exitCode = codes.find((code) => code !== exitCodes.done && code !== exitCodes.rolledBack) ?? Math.max(...codes);
  const gravest = reports.find((report) => (report.exitCode ?? exitCodes.done) === exitCode);
  return {
    summary: reports.map(({ summary }) => summary).join("\n\n"),
    data: { outcome: gravest?.data["outcome"], releases: reports.map(({ data }) => data) },
    exitCode,
  };
}

const told = (open: readonly Journal[]): Report => ({
  summary: "It goes on.",
  data: { outcome: "told", releases: open.map(({ id }) => id) },
});

/** Waits until the other process has taken it back. */
async function followed(context: ResumeContext, open: readonly Journal[]): Promise<Report> {
  const begun = context.clock.now().getTime();
  for (;;) {
    const left = await openReleases(context, undefined);
    if (!open.some(({ id }) => left.some((journal) => journal.id === id))) return ended(context, open);
    if (context.clock.now().getTime() - begun > longestFollowMs) throw notListening(context, open);
    await context.clock.sleep(followMs);
  }
}

async function ended({ journals }: Pick<Context, "journals">, open: readonly Journal[]): Promise<Report> {
  const closed = (await Promise.all(open.map(({ plan }) => journals.latest(5, plan.service)))).flat();
  const outcomes = open.map(({ id, plan }) => {
    const journal = closed.find((each) => each.id === id);
    return {
      service: plan.service,
      journal: id,
      outcome: journal === undefined ? null : (standOf(journal).outcome ?? null),
    };
  });
  const isBack = outcomes.every(({ outcome }) => outcome === "rolled-back");
  return {
    summary: outcomes.map(({ service, outcome }) => `${service}: ${outcome ?? "unknown"}`).join("\n"),
    data: { outcome: isBack ? "rolled-back" : "ended", services: outcomes },
    exitCode: isBack ? exitCodes.rolledBack : exitCodes.failed,
  };
}

const notListening = ({ stack }: Pick<Context, "stack">, open: readonly Journal[]): SlipwayError =>
  new SlipwayError({
    code: "abort-unheard",
    exitCode: exitCodes.failed,
    message: `Whoever has ${open.map(({ id }) => id).join(", ")} in hand does not react; the wish stays in the record.`,
    remedy: `See \`slipway release status ${stack}\`: when its process is dead, \`slipway release abort\` takes over.`,
  });
