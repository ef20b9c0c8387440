import { expect } from "chai";
import fc from "fast-check";
import { planSteps, type StepInput } from "../../../automation/release/plan-steps";
import { oneSlot, twoSlots } from "../../_helpers/step-inputs";
import { defaultSteps } from "../../../automation/model/release/strategy";

const step = (percent: number, bakeSeconds: number): object => ({ percent, bakeSeconds });
describe("the steps of a release", () => {
  const planned: readonly (readonly [what: string, input: StepInput, strategy: string, steps: readonly object[]])[] = [
    ["those of the strategy where nobody says anything", twoSlots(), "canary", defaultSteps.canary],
    [
      "those of the configuration before the strategy's",
      twoSlots({
        release: {
          strategy: "canary",
          controller: "slipway",
          steps: [
            { percent: 5, bakeSeconds: 60 },
            { percent: 100, bakeSeconds: 30 },
          ],
        },
      }),
      "canary",
      [step(5, 60), step(100, 30)],
    ],
    [
      "not the configured ones of another strategy",
      twoSlots({
        release: {
          strategy: "canary",
          controller: "slipway",
          steps: [
            { percent: 5, bakeSeconds: 60 },
            { percent: 100, bakeSeconds: 30 },
          ],
        },
        words: { strategy: "blue-green" },
      }),
      "blue-green",
      defaultSteps["blue-green"],
    ],
    [
      "shares with the strategy's own times",
      twoSlots({ words: { steps: "10,50,100" } }),
      "canary",
      [step(10, 600), step(50, 600), step(100, 300)],
    ],
    [
      "shares with times, in seconds or with a unit",
      twoSlots({ words: { steps: "10:600, 50%:5m,100:1h" } }),
      "canary",
      [step(10, 600), step(50, 300), step(100, 3600)],
    ],
    ["a time for all of them", twoSlots({ words: { bake: "5m" } }), "canary", [step(10, 300), step(100, 300)]],
    [
      "that time before the times of --steps",
      twoSlots({ words: { steps: "10:1m,100:2m", bake: "30s" } }),
      "canary",
      [step(10, 30), step(100, 30)],
    ],
    ["no time at all", twoSlots({ words: { bake: "0s" } }), "canary", [step(10, 0), step(100, 0)]],
    [
      "what the documented command says",
      twoSlots({ words: { type: "canary", canaryPercent: 7, healthInterval: 60 } }),
      "canary",
      [step(7, 60), step(100, 60)],
    ],
    [
      "a canary where only its share is given",
      twoSlots({
        release: { strategy: "blue-green", controller: "slipway", steps: undefined },
        words: { canaryPercent: 1 },
      }),
      "canary",
      [step(1, 600), step(100, 300)],
    ],
    [
      "the full rollout of a service with two slots, by --type rolling",
      twoSlots({ words: { type: "rolling" } }),
      "blue-green",
      [step(100, 300)],
    ],
    [
      "the full rollout of a service with one",
      oneSlot({ words: { type: "rolling", healthInterval: 60 } }),
      "rolling",
      [step(100, 60)],
    ],
    ["another watch of a rolling release", oneSlot({ words: { steps: "100:2m" } }), "rolling", [step(100, 120)]],
    ["a rolling release without a load balancer", oneSlot({ loadBalanced: false }), "rolling", defaultSteps.rolling],
    [
      "what ECS itself does, with one service and two target groups",
      oneSlot({ release: { strategy: "linear", controller: "ecs", steps: undefined } }),
      "linear",
      defaultSteps.linear,
    ],
  ];
  for (const [what, input, strategy, steps] of planned) {
    it(`are ${what}`, () => {
      expect(planSteps(input)).to.deep.equal({ kind: "ok", strategy, steps });
    });
  }

  it("grow and end with everything, whatever the words are, or are refused", () => {
    const word = fc.stringMatching(/^\d{1,3}(:\d{1,5}(s|m|h)?)?(,\d{1,3}(:\d{1,5}(s|m|h)?)?){0,4}$/);
    fc.assert(
      fc.property(word, fc.constantFrom("blue-green", "canary", "linear"), (steps, strategy) => {
        const result = planSteps(twoSlots({ words: { steps, strategy } }));
        if (result.kind === "refused") return result.faults.length > 0;
        const shares = result.steps.map(({ percent }) => percent);
        return (
          shares.at(-1) === 100 &&
          shares.every((share, index) => share > (shares[index - 1] ?? 0)) &&
          result.steps.every(({ bakeSeconds }) => Number.isInteger(bakeSeconds) && bakeSeconds <= 86_400)
        );
      }),
    );
  });
});
