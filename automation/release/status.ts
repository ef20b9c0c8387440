import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { usageError } from "../model/errors";
import { describeOwner } from "../model/lease";
import { standOf, type Stand, type StandPhase } from "../model/release/fold";
import type { Journal } from "../model/release/journal";
import type { Weights } from "../model/release/plan";
import type { Report } from "../model/report";
import type { LockView } from "../ports/lock";
import { endingOf, releaseData, versionsOf } from "./history";

export interface ReleaseStatusOptions {
  readonly service?: string | undefined;
}

type StatusContext = Pick<Context, "stack" | "config" | "journals" | "serviceLock" | "clock">;

/** How the releases of a stack stand, by their records; AWS is not asked, and nothing is waited for. */
export async function releaseStatus(context: StatusContext, { service }: ReleaseStatusOptions): Promise<Report> {
  const { config, journals, stack } = context;
  const known = [...new Set([...Object.keys(config.services), ...(await journals.openServices())])].sort();
  if (service !== undefined && !known.includes(service))
    throw usageError(`${stack} has no service "${service}".`, `Its services: ${known.join(", ") || "none"}.`);
  const stands = await Promise.all((service === undefined ? known : [service]).map((name) => statusOf(context, name)));
  return {
    summary: stands.length === 0 ? `${stack} has no services.` : stands.map(({ text }) => text).join("\n"),
    data: { stack, services: Object.fromEntries(stands.map(({ name, data }) => [name, data])) },
  };
}

interface ServiceStatus {
  readonly name: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function statusOf(context: StatusContext, name: string): Promise<ServiceStatus> {
  const [stored, view] = await Promise.all([context.journals.open(name), context.serviceLock(name).look()]);
  if (stored !== undefined) return openStatus(context, stored.journal, view);
  const [last] = await context.journals.latest(1, name);
  const holder = mayHold(view) ? view : undefined;
  const before = last === undefined ? "never released" : `${versionsOf(last)} ${endingOf(last)} (${last.startedAt})`;
  return {
    name,
    text: `${name}: ${holder === undefined ? before : `about to begin, by ${describeOwner(holder.owner)}; before: ${before}`}`,
    data: { state: holder === undefined ? "idle" : "beginning", ...holderData(view), last: last && releaseData(last) },
  };
}

function openStatus({ stack, clock }: StatusContext, journal: Journal, view: LockView | undefined): ServiceStatus {
  const { service } = journal.plan;
  const stand = standOf(journal);
  const weights = weightsOf(journal, stand);
  const begun = Date.parse(journal.entries[0]?.at ?? journal.startedAt);
  const elapsedMs = Math.max(0, clock.now().getTime() - begun);
  const isHeld = mayHold(view);
  return {
    name: service,
    text: [
      `${service}: ${versionsOf(journal)}, ${phaseText(journal, stand)}${stand.cause === null ? "" : `: ${stand.cause.text}`}`,
      ...(weights === null ? [] : [`  traffic  ${shares(journal, weights)}`]),
      `  since    ${journal.startedAt} (${describeDuration(elapsedMs)}), ${journal.id}`,
      `  holder   ${holderText(view)}`,
      ...(isHeld
        ? []
        : [
            `  next     slipway release resume ${stack} ${service} goes on, slipway release abort ${stack} ${service} goes back`,
          ]),
    ].join("\n"),
    data: {
      state: isHeld ? "running" : "open",
      ...holderData(view),
      phase: stand.phase,
      step: stepOf(journal, stand),
      weights,
      canGoBack: stand.canGoBack,
      elapsedMs,
      release: releaseData(journal),
    },
  };
}

/** The split as the record has it: what was given last, and what was announced and not confirmed. */
function weightsOf(
  { plan }: Journal,
  { percent, announced }: Stand,
): (Weights & { readonly announced: number | null }) | null {
  if (plan.mode !== "slots") return null;
  const split = { [plan.from.slot]: 100 - percent, [plan.to.slot]: percent };
  return { blue: split["blue"] ?? 0, green: split["green"] ?? 0, announced };
}

const shares = (
  { plan }: Journal,
  { announced, ...weights }: Weights & { readonly announced: number | null },
): string =>
  `${plan.from.version} ${weights[plan.from.slot]} %, ${plan.to.version} ${weights[plan.to.slot]} %${announced === null ? "" : ` (${announced} % announced)`}`;

function stepOf({ plan }: Journal, { phase, passed }: Stand) {
  const percent = phase === "shift" || phase === "bake" ? plan.steps[passed]?.percent : undefined;
  return percent === undefined ? null : { number: passed + 1, of: plan.steps.length, percent };
}

/** What is under way, or would be if somebody went on. */
const phaseTexts: Readonly<Record<StandPhase, string>> = {
  provision: "puts the new images in place",
  scale: "starts the new tasks",
  await: "waits for the new tasks to be healthy",
  shift: "shifts traffic",
  bake: "watches the new version",
  prove: "checks the new version where everybody comes in",
  commit: "makes the stack remember the new version",
  warm: "serves; the old tasks are kept for a way back",
  finish: "serves; only the end is missing",
  "weights-back": "goes back: traffic first",
  "commit-back": "goes back: makes the stack remember the old version",
  "retire-new": "goes back: stops the new tasks",
  restore: "goes back: puts the old images in place",
  "await-restore": "goes back: waits for the old version to be healthy",
  "end-back": "has gone back; only the end is missing",
  "keep-weights": "stays with the new version: the old one cannot serve",
  "keep-commit": "stays with the new version: makes the stack remember it",
  "keep-retire": "stays with the new version: stops the old tasks",
  "keep-end": "stays with the new version; only the end is missing",
  halted: "has stopped and is left as it is",
  closed: "is over",
};

function phaseText(journal: Journal, stand: Stand): string {
  const step = stepOf(journal, stand);
  const text = phaseTexts[stand.phase];
  return step === null ? text : `step ${step.number} of ${step.of} (${step.percent} %): ${text}`;
}

/** One that may be alive. */
const mayHold = (view: LockView | undefined): boolean => view?.standing === "held" || view?.standing === "suspect";

function holderText(view: LockView | undefined): string {
  if (view === undefined) return "nobody";
  if (!mayHold(view)) return `nobody: ${describeOwner(view.owner)} is dead`;
  const doubt = view.standing === "held" ? "" : `, whose lock has expired: no sign of life since ${view.renewedAt}`;
  return `${describeOwner(view.owner)}${doubt}`;
}

const holderData = (view: LockView | undefined): Readonly<Record<string, unknown>> => ({
  holder: view === undefined ? null : { ...view.owner, since: view.since, renewedAt: view.renewedAt },
  standing: view?.standing ?? "free",
});
