import type { Action } from "./action";
import { standOf, type Stand, type StandPhase } from "./fold";
import type { Journal, JournalFact } from "./journal";
import { pauseText } from "./native-facts";
import type { Observed } from "./observed";
import type { ServicePlan } from "./plan";
import type { ReleasePhase, ReleaseProgress } from "./progress";

/** Part of a release that a phase belongs to, as people are told. */
const told: Readonly<Record<Exclude<StandPhase, "halted" | "closed">, ReleasePhase>> = {
  provision: "provision",
  scale: "provision",
  await: "provision",
  shift: "shift",
  bake: "bake",
  prove: "commit",
  commit: "commit",
  warm: "warm",
  finish: "retire",
  "weights-back": "back",
  "commit-back": "back",
  "retire-new": "back",
  restore: "back",
  "await-restore": "back",
  "end-back": "back",
  "keep-weights": "back",
  "keep-commit": "back",
  "keep-retire": "back",
  "keep-end": "back",
};

/** How a release stands and what it does, for the progress view. */
export function describeStand(
  plan: ServicePlan,
  seen: Observed,
  journal: Pick<Journal, "entries">,
  action: Action,
  now: Date,
): Pick<ReleaseProgress, "phase" | "step" | "note"> {
  const stand = standOf({ plan, entries: journal.entries });
  const phase = releasePhase(plan, journal, stand, action);
  const isStep = phase === "shift" || phase === "bake";
  const index = Math.min(
    action.kind === "weigh" && action.then.kind === "shifted" ? action.then.step : stand.passed,
    plan.steps.length - 1,
  );
  const percent = plan.steps[index]?.percent;
  return {
    phase,
    step: isStep && percent !== undefined ? { number: index + 1, of: plan.steps.length, percent } : null,
    note: seen.kind === "blind" && action.kind === "wait" ? blindText(seen, now) : noteOf(plan, stand, action),
  };
}

function releasePhase(
  plan: ServicePlan,
  { entries }: Pick<Journal, "entries">,
  stand: Stand,
  action: Action,
): ReleasePhase {
  if (action.kind === "check" && stand.phase === "await") return "verify";
  if (action.kind === "note" && action.fact.kind === "verified") return "verify";
  if (stand.phase === "warm" && stand.direction === "forward") return action.kind === "wait" ? "warm" : "retire";
  if (stand.phase === "finish" && plan.mode === "rolling") return "commit";
  if (stand.phase === "halted" || stand.phase === "closed") return phaseBefore(plan, entries);
  return told[stand.phase];
}

/** Where it was when it stopped. */
function phaseBefore(plan: ServicePlan, entries: Journal["entries"]): ReleasePhase {
  const moving = entries.filter(({ kind }) => kind !== "left-as-is" && kind !== "failed" && kind !== "closed");
  const { phase } = standOf({ plan, entries: moving });
  if (phase === "halted" || phase === "closed") return "back";
  return phase === "finish" && plan.mode === "rolling" ? "commit" : told[phase];
}

function noteOf(plan: ServicePlan, stand: Stand, action: Action): string {
  const { from, to } = plan;
  switch (action.kind) {
    case "provision":
      return `puts ${to.version} into slot ${to.slot}`;
    case "scale":
      return action.count === 0
        ? `stops the tasks of slot ${action.slot}`
        : `starts ${action.count} tasks in slot ${action.slot}`;
    case "force-deployment":
      return `starts all tasks of ${plan.service} anew`;
    case "weigh":
      return `gives ${to.version} ${action.weights[to.slot]} % of the traffic`;
    case "restore":
      return `puts ${from.version} in place again`;
    case "commit":
      return `makes ${action.live === to.slot && stand.direction !== "back" ? to.version : from.version} the live version of the stack`;
    case "check":
      return action.side === "idle"
        ? `checks ${to.version} before it gets traffic`
        : `checks ${to.version} where everybody comes in`;
    case "note":
      // A wish that comes when there is nothing left to go back to.
      return factText(plan, action.fact, stand.abort !== null && stand.direction === "forward");
    case "ask":
      return `failed: ${firstLine(action.cause.text)}`;
    case "wait":
      return firstLine(action.why);
    case "stop":
      return stand.isLeft
        ? `left as it is: ${firstLine(stand.cause?.text ?? "")}`
        : "nobody goes on with it: `slipway release resume` does";
  }
}

/** Facts that are only written down, in words; the others come with what is done. */
function factText({ from, to }: ServicePlan, fact: JournalFact, isTooLate: boolean): string {
  switch (fact.kind) {
    case "verified":
      return `${to.version} is healthy`;
    case "passed":
      return `step ${fact.step + 1} is over and nothing was found`;
    case "paused":
      return pauseText(fact);
    case "continued":
      return "ECS goes on";
    case "ready":
      return `${to.version} serves everybody`;
    case "turned-back":
      return `goes back to ${from.version}: ${firstLine(fact.cause.text)}`;
    case "kept-new":
      return `${from.version} cannot serve, ${to.version} stays`;
    case "left-as-is":
      return `failed, and is left as it is: ${firstLine(fact.cause.text)}`;
    case "weights-restored":
      return `${from.version} has all traffic`;
    case "retired":
      return "the side that does not serve runs nothing";
    case "failed":
      return firstLine(fact.cause.text);
    case "closed":
      return `${outcomeText[fact.outcome]}${isTooLate ? "; too late to go back, `slipway rollback` does" : ""}`;
    case "started":
    case "provisioning":
    case "provisioned":
    case "scaled":
    case "shifting":
    case "shifted":
    case "abort-asked":
    case "continue-asked":
    case "restoring":
    case "restored":
    case "committing":
    case "committed":
      return fact.kind;
  }
}

const blindText = ({ since, error }: Extract<Observed, { kind: "blind" }>, now: Date): string =>
  `AWS has not answered for ${Math.round((now.getTime() - Date.parse(since)) / 1000)} s: ${firstLine(error)}`;

const outcomeText = {
  done: "done",
  "rolled-back": "rolled back",
  left: "failed, and left as it is",
  stuck: "stuck: somebody has to look",
} as const;

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
