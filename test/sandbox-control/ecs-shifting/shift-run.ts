import type { HookAnswer, ShiftFacts, ShiftPlan, ShiftStep } from "../../../sandbox/ecs/shifting/model";
import { nextShift } from "../../../sandbox/ecs/shifting/next-shift";

/** What happens to a deployment from outside, at each look. */
export type Surroundings = Partial<Omit<ShiftFacts, "now" | "state" | "plan">>;

export const lambdaArn = "arn:aws:lambda:eu-central-1:123456789012:function:check";

export const plan = (changes: Partial<ShiftPlan> = {}): ShiftPlan => ({
  strategy: "BLUE_GREEN",
  steps: [{ percent: 100, bakeMinutes: 0 }],
  bakeMinutes: 0,
  hooks: [],
  ...changes,
});

/** Seconds between two looks. */
export const lookSeconds = 10;

/** Looks every ten seconds until the deployment has ended; tasks follow at once, hooks answer at the next look. */
export function run(
  thePlan: ShiftPlan,
  surroundings: (look: number, last: ShiftStep | undefined) => Surroundings = () => ({}),
  maxLooks = 60_000,
): ShiftStep[] {
  const steps: ShiftStep[] = [];
  const start = Date.parse("2026-01-01T00:00:00Z");
  for (let look = 0; look < maxLooks; look++) {
    const last = steps.at(-1);
    if (last?.state.outcome) break;
    const outside = surroundings(look, last);
    const hasBlue = !("blue" in outside) || outside.blue !== undefined;
    const has = (wish: string | undefined) => (wish === "none" ? 0 : 2);
    steps.push(
      nextShift({
        now: new Date(start + look * lookSeconds * 1000),
        deploymentId: "d",
        plan: thePlan,
        state: last?.state,
        green: { desired: 2, tasks: has(last?.tasks.green ?? "none"), healthy: has(last?.tasks.green ?? "none") },
        blue: hasBlue ? { tasks: has(last?.tasks.blue) } : undefined,
        others: 0,
        failure: undefined,
        stop: undefined,
        answers: answersTo(last, { hookStatus: "SUCCEEDED" }),
        continued: {},
        ...outside,
      }),
    );
  }
  return steps;
}

/** The same answer for every function that was called. */
export function answersTo(step: ShiftStep | undefined, answer: HookAnswer): Record<string, HookAnswer> {
  return Object.fromEntries(
    (step?.orders ?? []).flatMap((order) => (order.kind === "call-hook" ? [[order.run.id, answer] as const] : [])),
  );
}

/** Stages one after the other, each as often as it was entered. */
export function stagesOf(steps: readonly ShiftStep[]): string[] {
  return steps.flatMap(({ state }, index) => {
    const before = steps[index - 1]?.state;
    const isSame = before?.stage === state.stage && before.direction === state.direction && before.step === state.step;
    return isSame ? [] : [state.direction === "back" ? `back ${state.stage}` : state.stage];
  });
}

/** Every weight that was ordered. */
export function weightsOf(steps: readonly ShiftStep[]): string[] {
  return steps.flatMap(({ orders }) =>
    orders.flatMap((order) => (order.kind === "weights" ? [`${order.listener} ${order.green}`] : [])),
  );
}

/** How it ended, and why. */
export function ending(steps: readonly ShiftStep[]) {
  const { outcome, reason } = steps.at(-1)?.state ?? {};
  return reason === undefined ? { outcome } : { outcome, reason };
}

/** Seconds that a stage took. */
export function secondsIn(steps: readonly ShiftStep[], stage: string): number {
  return steps.filter(({ state }) => state.stage === stage && !state.outcome).length * lookSeconds;
}
