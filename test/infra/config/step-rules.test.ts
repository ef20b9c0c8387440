import { expect } from "chai";
import { defaultSteps } from "../../../infra/config/release-steps";
import { stepFaults } from "../../../infra/config/step-rules";

const step = (percent: number, bakeSeconds = 60) => ({ percent, bakeSeconds });

describe("stepFaults", () => {
  for (const strategy of ["rolling", "blue-green", "canary", "linear"] as const) {
    it(`takes the steps that ${strategy} has by itself, whoever shifts`, () => {
      const faults = (["slipway", "ecs"] as const).flatMap((controller) =>
        stepFaults({ strategy, controller }, defaultSteps[strategy]),
      );
      expect(faults).to.deep.equal([]);
    });
  }

  it("takes any growing steps of the driver's own", () => {
    const steps = [step(1, 5), step(2, 7), step(100, 0)];
    expect(stepFaults({ strategy: "blue-green", controller: "slipway" }, steps)).to.deep.equal([]);
  });

  it("takes linear steps of ECS whose last one is the rest", () => {
    const steps = [step(30), step(60), step(90), step(100, 600)];
    expect(stepFaults({ strategy: "linear", controller: "ecs" }, steps)).to.deep.equal([]);
  });

  for (const [what, steps] of [
    ["that are too small", Array.from({ length: 50 }, (_, index) => step(2 * (index + 1)))],
    ["that end before ECS does", [step(30), step(60), step(100)]],
    ["with bakes that differ", [step(25), step(50, 120), step(75), step(100)]],
  ] as const) {
    it(`refuses linear steps of ECS ${what}`, () => {
      const [fault, ...others] = stepFaults({ strategy: "linear", controller: "ecs" }, steps);
      expect([fault?.index, others]).to.deep.equal([undefined, []]);
    });
  }

  it("says what was found, what is allowed and what to write", () => {
    expect(stepFaults({ strategy: "canary", controller: "ecs" }, [step(10, 90), step(100)])).to.deep.equal([
      {
        index: 0,
        key: "bakeSeconds",
        found: "number 90, with `controller: ecs`",
        allowed: "a multiple of 60: ECS bakes in whole minutes, up to 1440",
        remedy: "Write 120.",
      },
    ]);
  });

  it("names the step that does not grow, and not also the end", () => {
    expect(
      stepFaults({ strategy: "canary", controller: "slipway" }, [step(50), step(20), step(90)]).map(
        ({ index, found, allowed }) => [index, found, allowed],
      ),
    ).to.deep.equal([[1, "number 20", "more than 50, which the step before it has"]]);
  });
});
