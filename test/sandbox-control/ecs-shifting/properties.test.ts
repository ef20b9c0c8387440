import { expect } from "chai";
import * as fc from "fast-check";
import type { Hook, LifecycleStage, ShiftPlan } from "../../../sandbox/ecs/shifting/model";
import { shiftPlan } from "../../../sandbox/ecs/shifting/shift-plan";
import { stages } from "../../../sandbox/ecs/shifting/stages";
import { weightsOf } from "../../../sandbox/ecs/shifting/weights";
import { answersTo, lambdaArn, run, type Surroundings } from "./shift-run";

const order = Object.keys(stages) as LifecycleStage[];

const hook: fc.Arbitrary<Hook> = fc
  .record({
    isPause: fc.boolean(),
    stage: fc.constantFrom(...order),
    timeoutMinutes: fc.integer({ min: 1, max: 120 }),
    timeoutAction: fc.constantFrom("ROLLBACK" as const, "CONTINUE" as const),
  })
  .map(({ isPause, stage, ...rest }) => ({
    ...rest,
    targetType: isPause ? "PAUSE" : "AWS_LAMBDA",
    stages: (stages[stage].hooks as readonly string[]).includes(isPause ? "PAUSE" : "AWS_LAMBDA") ? [stage] : [],
    ...(isPause ? {} : { targetArn: lambdaArn }),
  }));

const anyPlan: fc.Arbitrary<ShiftPlan> = fc
  .record({
    strategy: fc.constantFrom("BLUE_GREEN", "LINEAR", "CANARY"),
    bakeTimeInMinutes: fc.integer({ min: 0, max: 30 }),
    stepPercent: fc.integer({ min: 30, max: 1000 }),
    canaryPercent: fc.integer({ min: 1, max: 1000 }),
    bake: fc.integer({ min: 0, max: 10 }),
    hooks: fc.array(hook, { maxLength: 4 }),
  })
  .map(({ strategy, bakeTimeInMinutes, stepPercent, canaryPercent, bake, hooks }) => {
    const made = shiftPlan({
      strategy,
      bakeTimeInMinutes,
      linearConfiguration: { stepPercent: stepPercent / 10, stepBakeTimeInMinutes: bake },
      canaryConfiguration: { canaryPercent: canaryPercent / 10, canaryBakeTimeInMinutes: bake },
    });
    if (!made) throw new Error("no plan");
    return { ...made, hooks };
  });

/** Something that goes wrong at some look, or nothing. */
const mishap = fc.record({
  look: fc.integer({ min: 0, max: 400 }),
  what: fc.constantFrom<Surroundings>(
    {},
    { stop: "ROLLBACK" },
    { stop: "ABORT" },
    { failure: { kind: "alarm", rollback: true } },
    { failure: { kind: "alarm", rollback: false } },
    { trouble: "One or more rules not found" },
    { green: { desired: 2, tasks: 2, healthy: 0 } },
  ),
  hookStatus: fc.constantFrom("SUCCEEDED", "FAILED", "IN_PROGRESS", "nonsense"),
  isFirst: fc.boolean(),
  others: fc.integer({ min: 0, max: 2 }),
});

const anyRun = fc.tuple(anyPlan, mishap).map(([thePlan, { look: at, what, hookStatus, isFirst, others }]) => ({
  isFirst,
  steps: run(thePlan, (look, last) => ({
    ...(isFirst ? { blue: undefined } : {}),
    others: look < 3 ? others : 0,
    answers: answersTo(last, { hookStatus: look >= at ? hookStatus : "SUCCEEDED" }),
    ...(look >= at ? what : {}),
  })),
}));

describe("any shifting deployment", () => {
  it("ends, whatever happens", () => {
    fc.assert(
      fc.property(anyRun, ({ steps }) => steps.at(-1)?.state.outcome !== undefined),
      { numRuns: 150 },
    );
  });

  it("leaves blue's tasks alone until it has won", () => {
    fc.assert(
      fc.property(anyRun, ({ steps, isFirst }) => {
        for (const { state, tasks } of steps) {
          const hasWon = state.direction === "forward" && state.stage === "CLEAN_UP";
          if (!isFirst) expect(tasks.blue, state.stage).to.equal(hasWon ? "none" : "wanted");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("passes its stages in order, and repeats only the production shifts", () => {
    fc.assert(
      fc.property(anyRun, ({ steps }) => {
        const forward = steps.filter(({ state }) => state.direction === "forward").map(({ state }) => state);
        forward.forEach((state, index) => {
          const before = forward[index - 1];
          if (!before || before.stage === state.stage) return;
          const isRepeated = before.stage === "PRODUCTION_TRAFFIC_SHIFT" && state.step === before.step + 1;
          const expected = isRepeated ? "PRE_PRODUCTION_TRAFFIC_SHIFT" : order[order.indexOf(before.stage) + 1];
          expect(state.stage).to.equal(expected);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("gives all traffic back when it goes back, and all to green when it wins", () => {
    fc.assert(
      fc.property(anyRun, ({ steps }) => {
        const { outcome, production, test } = steps.at(-1)?.state ?? {};
        if (outcome === "SUCCESSFUL") expect({ production, test }).to.deep.equal({ production: 100, test: 100 });
        if (outcome === "ROLLBACK_SUCCESSFUL") expect({ production, test }).to.deep.equal({ production: 0, test: 0 });
      }),
      { numRuns: 150 },
    );
  });

  it("never stops tasks of green that have traffic", () => {
    fc.assert(
      fc.property(anyRun, ({ steps }) =>
        steps.every(({ state, tasks }) => tasks.green !== "none" || state.production === 0),
      ),
      { numRuns: 150 },
    );
  });
});

describe("weights", () => {
  it("add up to the whole, are whole numbers that a rule may have, and say the share to a tenth of a percent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (share) => {
        const { blue = -1, green = -1 } = weightsOf({ blue: "blue", green: "green" }, share / 10);
        expect(blue + green).to.equal(share % 10 === 0 ? 100 : 1000);
        expect([blue, green].every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 999)).to.equal(
          true,
        );
        expect(green / (blue + green)).to.be.closeTo(share / 1000, 1e-9);
      }),
    );
  });
});
