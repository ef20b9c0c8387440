import type { Action } from "./action";
import { checked } from "./decide-forward";
import { gate, isHalfSeen, weightFault } from "./decide-gates";
import { cause, fail, failBlind, note, wait, waitBlind, type Scene, type SeenScene } from "./decide-scene";
import { canServe, hasWeight, split, wantedOf } from "./decide-sides";
import { compares } from "./needs";
import { compareVerdict } from "./verdict-compare";

/** A step's share for the new version. */
export const decideShift = (scene: Scene): Action =>
  judged(scene, (seen) => (isOldDead(seen) ? shiftTo(seen, lastStep(seen)) : shiftTo(seen, scene.stand.passed)));

/** Watches a step until its time is over. */
export const decideBake = (scene: Scene): Action =>
  judged(scene, (seen) => {
    if (isForsaken(seen)) return shiftTo(seen, lastStep(seen));
    const { plan, stand, now } = seen;
    const step = plan.mode === "slots" ? stand.passed : lastStep(seen);
    const bakeMs = (plan.steps[step]?.bakeSeconds ?? 0) * 1000;
    const passed = note({ kind: "passed", step });
    const end = stand.isSkipped ? now : stand.since + bakeMs;
    const figures = compares(plan, step) ? compared(seen) : null;
    if (figures?.kind === "worse") return fail(scene, cause("worse", figures.text));
    if (now < end) return wait(now, `watching until ${new Date(end).toISOString()}`, end);
    if (figures?.kind !== "too-few" || stand.isSkipped) return passed;
    // As long again, and not less than figures need to appear.
    const latest = end + Math.max(bakeMs, shortestExtensionMs);
    if (now < latest) return wait(now, `waiting for requests to compare: ${figures.text}`, latest);
    return fail(scene, cause("too-few-requests", figures.text));
  });

/** CloudWatch shows a request after a minute or two. */
const shortestExtensionMs = 120_000;

function compared({ plan, observed }: SeenScene): ReturnType<typeof compareVerdict> | null {
  if (plan.compare === null) return null;
  return observed.comparison === undefined
    ? { kind: "too-few", text: "no figures yet" }
    : compareVerdict(plan.compare, observed.comparison);
}

/** All steps are over: asks where everybody comes in. A rolling release has done so before its bake. */
export const decideProve = (scene: Scene): Action =>
  judged(scene, ({ plan, observed }) => {
    const ready = note({ kind: "ready" });
    if (plan.mode !== "slots" || plan.liveChecks.length === 0) return ready;
    return checked(scene, "live", observed.checks) ?? ready;
  });

/** The stack remembers it; services that are released together wait for each other here. */
export const decideCommit = (scene: Scene): Action =>
  judged(scene, ({ plan, observed, now }) =>
    observed.peers === "waiting"
      ? wait(now, "waiting for the other services of this release")
      : { kind: "commit", live: plan.to.slot },
  );

/** Keeps the old tasks for an instant way back, then takes them down. */
export function decideWarm(scene: Scene): Action {
  const { plan, stand, now } = scene;
  // Nobody is helped by going back only because AWS cannot be asked.
  if (scene.observed.kind === "blind") return wait(now, `AWS does not answer: ${scene.observed.error}`);
  return judged(scene, ({ observed }) => {
    const end = stand.isSkipped ? now : stand.since + plan.warmSeconds * 1000;
    if (now < end) return wait(now, `the old tasks are kept until ${new Date(end).toISOString()}`, end);
    const { slot } = plan.from;
    if (wantedOf(observed, slot) === 0) return note({ kind: "retired" });
    return { kind: "scale", slot, count: 0, then: { kind: "retired" } };
  });
}

/** Nothing but the last word is missing. */
export const decideFinish = (): Action => note({ kind: "closed", outcome: "done" });

/** Goes on only when AWS could be asked, and nothing speaks against it. */
function judged(scene: Scene, goOn: (seen: SeenScene) => Action): Action {
  const { observed, plan, stand, now } = scene;
  if (observed.kind === "blind")
    return stand.hasShifted || plan.mode === "rolling" ? failBlind(scene) : waitBlind(scene);
  if (isHalfSeen(observed, plan)) return { kind: "wait", ms: 0, why: "looking closer" };
  const seen: SeenScene = { ...scene, observed };
  const found = gate(seen);
  if (found !== null) return fail(scene, found);
  const stray = weightFault(seen);
  if (stray === null) return goOn(seen);
  return now - stand.since < settleMs
    ? wait(now, "waiting for AWS to show the weights", Infinity, 1_000)
    : fail(scene, stray);
}

/** AWS may show for a moment what was before a change. */
const settleMs = 10_000;

const lastStep = ({ plan }: Scene): number => Math.max(0, plan.steps.length - 1);

function shiftTo({ plan }: Scene, step: number): Action {
  const percent = plan.steps[step]?.percent ?? 100;
  return { kind: "weigh", weights: split(plan, percent), then: { kind: "shifted", step, percent } };
}

const isOldDead = ({ plan, observed }: SeenScene): boolean =>
  plan.mode === "slots" && !canServe(plan, observed, plan.from.slot);

/** The old side gets requests and cannot take them: every share of it is lost, so the new side gets all. */
const isForsaken = (seen: SeenScene): boolean =>
  isOldDead(seen) && hasWeight(seen.observed, seen.plan.from.slot) && seen.stand.percent < 100;
