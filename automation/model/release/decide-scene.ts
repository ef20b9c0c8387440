import type { Action } from "./action";
import type { Cause, CauseKind } from "./cause";
import type { Stand } from "./fold";
import type { JournalFact } from "./journal";
import type { Observed } from "./observed";
import type { ServicePlan } from "./plan";

export type Seen = Extract<Observed, { kind: "seen" }>;

/** All that a decision is made from. */
export interface Scene {
  readonly plan: ServicePlan;
  readonly observed: Observed;
  readonly stand: Stand;
  /** Milliseconds since 1970, by the clock of the cloud. */
  readonly now: number;
}

/** A scene in which AWS could be asked. */
export interface SeenScene extends Scene {
  readonly observed: Seen;
}

/** Intervals of looking, from design section 4: a deployment takes more than a minute, and AWS counts the calls. */
const early = { forMs: 60_000, everyMs: 15_000 };
export const pollMs = 5_000;
/** Traffic that nobody can watch for longer goes back. */
export const blindServingMs = 60_000;

export const note = (fact: JournalFact): Extract<Action, { kind: "note" }> => ({ kind: "note", fact });

export const cause = (kind: CauseKind, text: string): Cause => ({ kind, text });

/** Not past the moment at which something else would be decided. */
export function wait(
  now: number,
  why: string,
  until = Number.POSITIVE_INFINITY,
  everyMs = pollMs,
): Extract<Action, { kind: "wait" }> {
  const left = until - now;
  return { kind: "wait", ms: left > 0 && left < everyMs ? left : everyMs, why };
}

/** Between two looks at tasks that come up. */
export const interval = ({ stand, now }: Pick<Scene, "stand" | "now">): number =>
  now - stand.since < early.forMs ? early.everyMs : pollMs;

/** What a failure leads to, by the policy of the plan. */
export function fail({ plan }: Pick<Scene, "plan">, found: Cause): Extract<Action, { kind: "note" | "ask" }> {
  switch (plan.rollback) {
    case "auto":
      return note({ kind: "turned-back", cause: found });
    case "ask":
      return { kind: "ask", cause: found };
    case "never":
      return note({ kind: "left-as-is", cause: found });
  }
}

/** While nothing that serves has been touched: until the tasks would have had to be there. */
export function waitBlind(scene: Scene): Action {
  const { observed, plan, now } = scene;
  if (observed.kind !== "blind") return wait(now, "looking again");
  const until = Date.parse(observed.since) + plan.provisionSeconds * 1000;
  if (now >= until) return fail(scene, blindness(observed.since, observed.error));
  return wait(now, `AWS does not answer: ${observed.error}`, until);
}

/** While requests reach a version that nobody can judge. */
export function failBlind(scene: Scene): Action {
  const { observed, now } = scene;
  if (observed.kind !== "blind") return wait(now, "looking again");
  const until = Date.parse(observed.since) + blindServingMs;
  if (now >= until) return fail(scene, blindness(observed.since, observed.error));
  return wait(now, `AWS does not answer: ${observed.error}`, until);
}

const blindness = (since: string, error: string): Cause =>
  cause("blind", `AWS could not be asked since ${since}: ${error}`);
