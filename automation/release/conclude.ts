import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError } from "../model/errors";
import { standOf } from "../model/release/fold";
import { causesOf, type Journal, type ReleaseOutcome, type ReleaseRequest } from "../model/release/journal";
import type { Report } from "../model/report";
import type { ServiceEnd } from "./together";

/** `open`: nobody goes on with it at the moment. */
type Ending = ReleaseOutcome | "open" | "not-begun";

/** The gravest of several endings decides; of two with one code the earlier tells. */
const codes: Readonly<Record<Ending, number>> = {
  stuck: exitCodes.failed,
  left: exitCodes.failed,
  open: exitCodes.failed,
  "not-begun": exitCodes.failed,
  "rolled-back": exitCodes.rolledBack,
  done: exitCodes.done,
};
const gravest: readonly Ending[] = ["stuck", "left", "open", "rolled-back", "not-begun", "done"];

/**
 * What a run came to, for all its services.
 *
 * @throws the error of a service whose release broke off: its lock was lost, somebody interrupted, AWS was not there
 */
export function concluded(
  { stack }: Pick<Context, "stack">,
  request: Pick<ReleaseRequest, "command">,
  ends: readonly ServiceEnd[],
): Report {
  const broken = ends.find((end) => end.kind === "broke-off");
  const lines = ends.map(lineOf);
  if (broken !== undefined) throw withOthers(broken.error, ends.length > 1 ? lines : []);
  const endings = ends.map((end): Ending => (end.kind === "ended" ? endingOf(end.journal) : "not-begun"));
  const outcome = gravest.find((ending) => endings.includes(ending)) ?? "done";
  const exitCode = codes[outcome];
  return {
    summary: [...lines, ...(exitCode === exitCodes.done ? [] : ["", nextStep(stack, outcome)])].join("\n"),
    data: {
      outcome,
      state: states[outcome],
      command: request.command,
      services: ends.map((end) =>
        end.kind === "ended" ? serviceData(end.journal) : { service: end.service, outcome: "not-begun" },
      ),
    },
    exitCode,
  };
}

/** The words of reports and runbooks for how it stands (DEP-18). */
const states: Readonly<Record<Ending, string>> = {
  done: "UPDATE_COMPLETE",
  "rolled-back": "UPDATE_ROLLBACK_COMPLETE",
  stuck: "UPDATE_FAILED",
  left: "UPDATE_FAILED",
  open: "UPDATE_FAILED",
  "not-begun": "UPDATE_FAILED",
};

const endingOf = (journal: Journal): Ending => standOf(journal).outcome ?? "open";

/** What became of a service, by how it ended. */
const sentences: Readonly<Record<Ending, (from: string, to: string, took: string) => string>> = {
  done: (from, to, took) => `${to} serves, ${from} before (${took}).`,
  "rolled-back": (from, _to, took) => `went back, ${from} serves (${took}).`,
  stuck: () => "could not go back; somebody has to look.",
  left: (from, to) => `stopped and left as it is, between ${from} and ${to}.`,
  open: (from, to) => `stopped and left as it is, between ${from} and ${to}.`,
  "not-begun": () => "not begun, because the one before did not succeed.",
};

function lineOf(end: ServiceEnd): string {
  if (end.kind === "not-begun") return `${end.service}: ${sentences["not-begun"]("", "", "")}`;
  if (end.kind === "broke-off") return `${end.service}: broken off.`;
  const { journal } = end;
  const { from, to } = journal.plan;
  const ending = endingOf(journal);
  const took = describeDuration(tookMs(journal));
  const isRestarted = journal.plan.restart && ending === "done";
  const sentence = isRestarted
    ? `${to.version} serves with new tasks (${took}).`
    : sentences[ending](from.version, to.version, took);
  const { taskDefinition } = runningOf(journal);
  const proof = taskDefinition === undefined ? "" : ` It runs ${taskDefinition}.`;
  // What went well in the end was told about as it happened.
  const cause = ending === "done" ? undefined : causesOf(journal)[0]?.text;
  return [`${end.service}: ${sentence}${proof}`, ...(cause === undefined ? [] : [cause])].join("\n");
}

function tookMs({ entries }: Journal): number {
  const [first, last] = [entries[0], entries.at(-1)];
  return first === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(first.at);
}

function serviceData(journal: Journal): Readonly<Record<string, unknown>> {
  const { plan, id, release } = journal;
  return {
    service: plan.service,
    outcome: endingOf(journal),
    release,
    journal: id,
    from: { version: plan.from.version, slot: plan.from.slot, images: plan.from.images },
    to: { version: plan.to.version, slot: plan.to.slot, images: plan.to.images },
    ...runningOf(journal),
    durationMs: tookMs(journal),
    causes: causesOf(journal),
  };
}

/** What runs now, as proof of the version (RBK-14): `<family>:<revision>` of what was put in place and stayed. */
function runningOf(journal: Journal): { readonly taskDefinition?: string } {
  const { outcome, taskDefinition } = standOf(journal);
  return outcome === "done" && taskDefinition !== null
    ? { taskDefinition: taskDefinition.split("/").at(-1) ?? "" }
    : {};
}

function nextStep(stack: string, outcome: Ending): string {
  if (outcome === "left" || outcome === "open")
    return `\`slipway release resume ${stack}\` goes on, \`slipway release abort ${stack}\` goes back; what can do neither is closed by \`slipway release abort ${stack} --forget --reason <why>\`.`;
  if (outcome === "stuck") return `See \`slipway release status ${stack}\` and \`slipway drift ${stack}\`.`;
  return `See \`slipway release history ${stack}\`.`;
}

/** What became of the others must not be lost with the error of one. */
function withOthers(error: unknown, lines: readonly string[]): unknown {
  if (!(error instanceof SlipwayError) || lines.length === 0) return error;
  const { code, exitCode, message, remedy, data } = error;
  return new SlipwayError(
    { code, exitCode, message: `${message}\n\n${lines.join("\n")}`, remedy, data },
    { cause: error },
  );
}
