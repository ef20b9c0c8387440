import { expect } from "chai";
import { expectation, groupSettings } from "../../../sandbox/balancer/groups/settings";
import { judge, told, type ProbeOutcome, type Verdict } from "../../../sandbox/balancer/health/verdict";
import type { Told } from "../../../sandbox/balancer/door";
import { toldCloud } from "./told-cloud";

const [group] = (toldCloud({ groups: { blue: {} } }) as unknown as Told).TargetGroups;
const { check } = groupSettings(group as NonNullable<typeof group>);
const pass: ProbeOutcome = { kind: "answer", status: 200 };
const wrong: ProbeOutcome = { kind: "answer", status: 503 };
const start: Verdict = { ...told.checking, passes: 0, failures: 0 };

/** Thresholds: 3 passes, 2 failures. */
const after = (...outcomes: readonly ProbeOutcome[]): Omit<Verdict, "passes" | "failures"> => {
  const { state, reason, description } = outcomes.reduce((verdict, outcome) => judge(verdict, outcome, check), start);
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(description === undefined ? {} : { description }),
  };
};

describe("judge", () => {
  it("calls a new target healthy after one pass, without a reason", () => {
    expect(after(pass)).to.deep.equal({ state: "healthy" });
  });

  it("leaves a new target initial until the threshold of failures", () => {
    expect(after(wrong)).to.deep.equal(told.checking);
    expect(after(wrong, wrong).state).to.equal("unhealthy");
  });

  it("calls a new target healthy after a failure and a pass", () => {
    expect(after(wrong, pass)).to.deep.equal({ state: "healthy" });
  });

  it("begins the count of failures anew after a pass", () => {
    expect(after(pass, wrong, pass, wrong)).to.deep.equal({ state: "healthy" });
    expect(after(pass, wrong, pass, wrong, wrong).state).to.equal("unhealthy");
  });

  it("wants the threshold of passes in a row to come back", () => {
    expect(after(pass, wrong, wrong, pass, pass).state).to.equal("unhealthy");
    expect(after(pass, wrong, wrong, pass, pass, wrong, pass, pass).state).to.equal("unhealthy");
    expect(after(pass, wrong, wrong, pass, pass, pass)).to.deep.equal({ state: "healthy" });
  });

  it("tells the reason of the last failure in AWS' words", () => {
    const reasons = ([wrong, { kind: "timeout" }, { kind: "failed" }] as const).map((outcome) =>
      after(pass, outcome, outcome),
    );
    expect(reasons).to.deep.equal([
      {
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]",
      },
      { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" },
      { state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" },
    ]);
  });
});

describe("expectation", () => {
  it("reads a code, a list and a range", () => {
    const codes = [199, 200, 202, 204, 299, 300];
    expect(
      ["200", "200,202", "200-299", "200-202,300"].map((matcher) => codes.filter(expectation(matcher))),
    ).to.deep.equal([[200], [200, 202], [200, 202, 204, 299], [200, 202, 300]]);
  });
});
