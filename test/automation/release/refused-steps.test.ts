import { expect } from "chai";
import { planSteps, type StepInput } from "../../../automation/release/plan-steps";
import { oneSlot, twoSlots } from "../../_helpers/step-inputs";

const faults = (input: StepInput): readonly unknown[] => {
  const planned = planSteps(input);
  return planned.kind === "refused" ? planned.faults.map(({ path, found, allowed }) => [path, found, allowed]) : [];
};

describe("steps that cannot be", () => {
  const refused: readonly (readonly [what: string, input: StepInput, faults: readonly (readonly string[])[]])[] = [
    [
      "do not grow",
      twoSlots({ words: { steps: "50,10,100" } }),
      [["--steps[1]", "number 10", "more than 50, which the step before it has"]],
    ],
    [
      "do not end with everything",
      twoSlots({ words: { steps: "10,50" } }),
      [["--steps[1]", "number 50", "100 in the last step"]],
    ],
    [
      "have a share beyond 100",
      twoSlots({ words: { steps: "10,101" } }),
      [["--steps", "101 percent", "whole percents from 1 to 100"]],
    ],
    [
      "have a share of nothing",
      twoSlots({ words: { steps: "0,100" } }),
      [["--steps", "0 percent", "whole percents from 1 to 100"]],
    ],
    [
      "are no figures",
      twoSlots({ words: { steps: "10:soon,half,,100" } }),
      [
        ["--steps", 'step "10:soon"', "<percent> or <percent>:<time>, parted by commas"],
        ["--steps", 'step "half"', "<percent> or <percent>:<time>, parted by commas"],
        ["--steps", "an empty step", "<percent> or <percent>:<time>, parted by commas"],
      ],
    ],
    [
      "are watched for longer than a day",
      twoSlots({ words: { steps: "10:25h,100" } }),
      [["--steps", "90000 s after 10 percent", "whole seconds, at most 24 hours a step"]],
    ],
    [
      "are watched for parts of a second",
      twoSlots({ words: { steps: "10:1500ms,100" } }),
      [["--steps", "1.5 s after 10 percent", "whole seconds, at most 24 hours a step"]],
    ],
    [
      "are too many",
      twoSlots({ words: { strategy: "linear", steps: Array.from({ length: 21 }, (_, index) => index + 80).join() } }),
      [["--steps", "21 steps", "at most 20"]],
    ],
    [
      "are one for a canary",
      twoSlots({ words: { steps: "100" } }),
      [["--steps", "one step for a canary", "a small step, and one of 100 percent"]],
    ],
    [
      "are shares of a rolling release",
      oneSlot({ words: { steps: "10,100" } }),
      [
        [
          "--steps",
          "10 %, 100 %, with the strategy rolling",
          "one step of 100 percent, because ECS replaces the tasks and no traffic is split",
        ],
      ],
    ],
    [
      "are a percent for a rolling release",
      oneSlot({ words: { strategy: "rolling", canaryPercent: 10 } }),
      [["--canary-percent", "10, for strategy rolling", "nothing, or --strategy canary"]],
    ],
    [
      "are a percent for a service with one slot",
      oneSlot({ words: { canaryPercent: 10 } }),
      [["--canary-percent", "canary, for web, which has one slot in what is deployed", "rolling"]],
    ],
    [
      "are a percent beside steps",
      twoSlots({ words: { canaryPercent: 10, steps: "10,100" } }),
      [["--canary-percent", "10, beside --steps 10,100", "one of the two"]],
    ],
    [
      "have a canary that is larger than what follows",
      twoSlots({
        release: {
          strategy: "canary",
          controller: "slipway",
          steps: [
            { percent: 5, bakeSeconds: 1 },
            { percent: 50, bakeSeconds: 1 },
            { percent: 100, bakeSeconds: 1 },
          ],
        },
        words: { canaryPercent: 60 },
      }),
      [["--canary-percent[1]", "number 50", "more than 60, which the step before it has"]],
    ],
    [
      "have two pauses",
      twoSlots({ words: { bake: "5m", healthInterval: 60 } }),
      [["--health-interval", "60, beside --bake 5m", "one of the two"]],
    ],
    [
      "have a pause that is none",
      twoSlots({ words: { bake: "long" } }),
      [["--bake", "long", "a time from 0 to 24h, in whole seconds"]],
    ],
    [
      "have a negative pause",
      twoSlots({ words: { healthInterval: -1 } }),
      [["--health-interval", "-1", "whole seconds from 0 to 86400"]],
    ],
    [
      "have two strategies",
      twoSlots({ words: { strategy: "linear", type: "canary" } }),
      [["--type", "canary, beside --strategy linear", "one of the two"]],
    ],
    [
      "shift the traffic of a service without a load balancer",
      oneSlot({ loadBalanced: false, words: { strategy: "blue-green" } }),
      [["--strategy", "blue-green, for web, which is not behind the load balancer", "rolling"]],
    ],
    [
      "need a second slot that was configured and not deployed",
      twoSlots({ slots: 1 }),
      [["slipway:services.web.release.strategy", "canary, for web, which has one slot in what is deployed", "rolling"]],
    ],
    [
      "roll in two slots",
      twoSlots({ words: { strategy: "rolling" } }),
      [["--strategy", "rolling, for web, which has two slots in what is deployed", "blue-green, canary, linear"]],
    ],
    [
      "are others than ECS' own controller was given",
      oneSlot({ release: { strategy: "linear", controller: "ecs", steps: undefined }, words: { steps: "50,100" } }),
      [["--steps", "other steps for web, whose traffic ECS itself shifts", "what is configured (linear)"]],
    ],
    [
      "are another strategy than ECS' own controller was given",
      oneSlot({
        release: { strategy: "linear", controller: "ecs", steps: undefined },
        words: { strategy: "blue-green" },
      }),
      [["--strategy", "other steps for web, whose traffic ECS itself shifts", "what is configured (linear)"]],
    ],
    [
      "are wrong in several ways, all told at once",
      oneSlot({ loadBalanced: false, words: { strategy: "canary", steps: "ten", bake: "long" } }),
      [
        ["--strategy", "canary, for web, which is not behind the load balancer", "rolling"],
        ["--steps", 'step "ten"', "<percent> or <percent>:<time>, parted by commas"],
        ["--bake", "long", "a time from 0 to 24h, in whole seconds"],
      ],
    ],
  ];
  for (const [what, input, expected] of refused) {
    it(what, () => {
      expect(faults(input)).to.deep.equal(expected);
    });
  }

  for (const percent of [0, 100, -5, 7.5, Number.NaN]) {
    it(`have no canary of ${percent} percent`, () => {
      expect(faults(twoSlots({ words: { canaryPercent: percent } }))).to.deep.equal([
        ["--canary-percent", String(percent), "a whole number from 1 to 99"],
      ]);
    });
  }
});
