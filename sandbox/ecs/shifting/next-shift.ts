import { lookAtHooks, startHooks } from "./hook-runs";
import type { LifecycleStage, NextShift, ShiftFacts, ShiftOrder, ShiftOutcome, ShiftState, ShiftStep } from "./model";
import { deploymentLimitMs, stageAfter, stageLimitMs } from "./stages";
import { wantedTasks } from "./wanted-tasks";

const minuteMs = 60_000;

/**
 * Where a shifting deployment goes from here: one stage a look at most. Until CLEAN_UP all of blue's tasks run, so that
 * going back is setting weights, and no task has to start for it.
 */
export const nextShift: NextShift = (facts) => {
  const { state, now } = facts;
  if (!state) {
    const fresh = { direction: "forward", startedAt: now, enteredAt: now, step: 0, production: 0, test: 0 } as const;
    const first: LifecycleStage = facts.others > 0 ? "RECONCILE_SERVICE" : "PRE_SCALE_UP";
    return enter(facts, { ...fresh, stage: first, hooks: [] }, first);
  }
  if (state.outcome) return result(facts, state);
  const interrupted = interruption(facts, state);
  if (interrupted) return interrupted;
  const { runs, calls, verdict } = lookAtHooks(state.hooks, facts);
  const here = { ...state, hooks: runs };
  if (verdict.kind === "failed") return fail(facts, here, verdict.reason);
  if (verdict.kind === "passed" && isStageDone[state.stage](facts, state)) return onward(facts, here);
  if (verdict.kind !== "paused" && elapsed(facts, state.enteredAt) >= stageLimitMs)
    return fail(facts, here, `${rolledBack} ${state.stage} did not complete within 24 hours.`);
  return result(facts, here, callsOf(calls));
};

const rolledBack = "Service deployment rolled back because";

const elapsed = ({ now }: ShiftFacts, since: Date): number => now.getTime() - since.getTime();

/** There is nothing to shift slowly from when no revision serves yet. */
const stepsOf = ({ plan, blue }: ShiftFacts) => (blue ? plan.steps : [{ percent: 100, bakeMinutes: 0 }]);

const hooksOnly = (): boolean => true;

/** What a stage waits for besides its hooks. */
const isStageDone: Readonly<Record<LifecycleStage, (facts: ShiftFacts, state: ShiftState) => boolean>> = {
  RECONCILE_SERVICE: ({ others }) => others === 0,
  PRE_SCALE_UP: hooksOnly,
  SCALE_UP: ({ green }) => green.healthy >= green.desired,
  POST_SCALE_UP: hooksOnly,
  TEST_TRAFFIC_SHIFT: hooksOnly,
  POST_TEST_TRAFFIC_SHIFT: hooksOnly,
  PRE_PRODUCTION_TRAFFIC_SHIFT: hooksOnly,
  PRODUCTION_TRAFFIC_SHIFT: (facts, { direction, step, enteredAt }) =>
    direction === "back" || elapsed(facts, enteredAt) >= (stepsOf(facts)[step]?.bakeMinutes ?? 0) * minuteMs,
  POST_PRODUCTION_TRAFFIC_SHIFT: hooksOnly,
  BAKE_TIME: (facts, { enteredAt }) => elapsed(facts, enteredAt) >= facts.plan.bakeMinutes * minuteMs,
  CLEAN_UP: ({ green, blue, others }, { direction }) =>
    direction === "back" ? green.tasks === 0 : (blue?.tasks ?? 0) + others === 0,
};

/** What comes from outside and does not wait for the stage. Once blue is being stopped it is too late to go back. */
function interruption(facts: ShiftFacts, state: ShiftState): ShiftStep | undefined {
  const { failure, stop, trouble } = facts;
  if (trouble !== undefined) return fail(facts, state, `${rolledBack} of invalid networking configuration. ${trouble}`);
  if (state.direction === "back" || state.stage === "CLEAN_UP") return undefined;
  if (stop === "ABORT") return end(facts, { ...state, reason: "Service deployment stopped by a user." }, "STOPPED");
  if (stop === "ROLLBACK") return fail(facts, state, `${rolledBack} a user stopped it.`);
  if (failure) {
    const reason = failureReasons[failure.kind];
    return failure.rollback ? fail(facts, state, reason) : end(facts, { ...state, reason }, "STOPPED");
  }
  if (elapsed(facts, state.startedAt) >= deploymentLimitMs)
    return fail(facts, state, `${rolledBack} it did not complete within 30 days.`);
  return undefined;
}

/** The first one as an event of a canary had it, the second as the API tells it. */
const failureReasons = {
  alarm: "alarm detected.",
  "circuit-breaker": `${rolledBack} the circuit breaker threshold was exceeded.`,
} as const satisfies Record<NonNullable<ShiftFacts["failure"]>["kind"], string>;

function onward(facts: ShiftFacts, state: ShiftState): ShiftStep {
  const { stage, direction, step } = state;
  if (stage === "CLEAN_UP") return end(facts, state, direction === "back" ? "ROLLBACK_SUCCESSFUL" : "SUCCESSFUL");
  if (direction === "back") return enterBack(facts, state);
  const hasMoreSteps = stage === "PRODUCTION_TRAFFIC_SHIFT" && step + 1 < stepsOf(facts).length;
  if (hasMoreSteps) return enter(facts, { ...state, step: step + 1 }, "PRE_PRODUCTION_TRAFFIC_SHIFT");
  return enter(facts, state, stageAfter(stage) ?? "CLEAN_UP");
}

/** Turns round; what fails on the way back, or has nothing to go back to, is left as it is. */
function fail(facts: ShiftFacts, state: ShiftState, reason: string): ShiftStep {
  if (state.direction === "back") return end(facts, state, "ROLLBACK_FAILED");
  // Blue is going already and green has everything: that some of blue is slow to stop changes nothing.
  if (state.stage === "CLEAN_UP") return end(facts, state, "SUCCESSFUL");
  const back: ShiftState = { ...state, direction: "back", reason };
  return facts.blue ? enterBack(facts, back) : end(facts, back, "ROLLBACK_FAILED");
}

function enterBack(facts: ShiftFacts, state: ShiftState): ShiftStep {
  if (state.production > 0) return enter(facts, state, "PRODUCTION_TRAFFIC_SHIFT");
  return enter(facts, state, state.test > 0 ? "TEST_TRAFFIC_SHIFT" : "CLEAN_UP");
}

function enter(facts: ShiftFacts, before: ShiftState, stage: LifecycleStage): ShiftStep {
  const isForward = before.direction === "forward";
  const shares = {
    production: stage !== "PRODUCTION_TRAFFIC_SHIFT" ? before.production : isForward ? shareOf(facts, before) : 0,
    test: stage !== "TEST_TRAFFIC_SHIFT" ? before.test : isForward ? 100 : 0,
  };
  const hooks = startHooks(facts.plan.hooks, stage, facts, `${before.direction} ${before.step}`);
  const { runs, calls } = lookAtHooks(hooks, { now: facts.now, answers: {}, continued: {} });
  const state: ShiftState = { ...before, ...shares, stage, enteredAt: facts.now, hooks: runs };
  // What an earlier deployment left behind may still have traffic: it is in the group that green is to have.
  const reconciles = stage === "RECONCILE_SERVICE" && facts.blue !== undefined;
  const listeners = (["production", "test"] as const).filter((one) => reconciles || shares[one] !== before[one]);
  return result(facts, state, [
    ...listeners.map((listener): ShiftOrder => ({ kind: "weights", listener, green: shares[listener] })),
    ...callsOf(calls),
  ]);
}

const shareOf = (facts: ShiftFacts, { step }: ShiftState): number => stepsOf(facts)[step]?.percent ?? 100;

const callsOf = (runs: ShiftState["hooks"]): ShiftOrder[] => runs.map((run) => ({ kind: "call-hook", run }));

const end = (facts: ShiftFacts, state: ShiftState, outcome: ShiftOutcome): ShiftStep =>
  result(facts, { ...state, outcome });

function result(facts: ShiftFacts, state: ShiftState, orders: readonly ShiftOrder[] = []): ShiftStep {
  return { state, orders, tasks: wantedTasks(state, facts.blue !== undefined) };
}
