import { expect } from "chai";
import { ending, lookSeconds, plan, run, secondsIn, stagesOf, weightsOf } from "./shift-run";

describe("a shifting deployment", () => {
  it("passes all stages in AWS' order, and shifts test traffic before production", () => {
    const steps = run(plan({ bakeMinutes: 2 }));

    expect(stagesOf(steps)).to.deep.equal([
      "PRE_SCALE_UP",
      "SCALE_UP",
      "POST_SCALE_UP",
      "TEST_TRAFFIC_SHIFT",
      "POST_TEST_TRAFFIC_SHIFT",
      "PRE_PRODUCTION_TRAFFIC_SHIFT",
      "PRODUCTION_TRAFFIC_SHIFT",
      "POST_PRODUCTION_TRAFFIC_SHIFT",
      "BAKE_TIME",
      "CLEAN_UP",
    ]);
    expect(weightsOf(steps)).to.deep.equal(["test 100", "production 100"]);
    expect(secondsIn(steps, "BAKE_TIME")).to.equal(120);
    expect(ending(steps)).to.deep.equal({ outcome: "SUCCESSFUL" });
  });

  it("bakes after every step of a linear shift but the last, and asks before each of them", () => {
    const steps = run(
      plan({
        strategy: "LINEAR",
        steps: [
          { percent: 40, bakeMinutes: 1 },
          { percent: 80, bakeMinutes: 1 },
          { percent: 100, bakeMinutes: 0 },
        ],
      }),
    );

    expect(weightsOf(steps)).to.deep.equal(["test 100", "production 40", "production 80", "production 100"]);
    expect(stagesOf(steps).slice(5, 12)).to.deep.equal([
      "PRE_PRODUCTION_TRAFFIC_SHIFT",
      "PRODUCTION_TRAFFIC_SHIFT",
      "PRE_PRODUCTION_TRAFFIC_SHIFT",
      "PRODUCTION_TRAFFIC_SHIFT",
      "PRE_PRODUCTION_TRAFFIC_SHIFT",
      "PRODUCTION_TRAFFIC_SHIFT",
      "POST_PRODUCTION_TRAFFIC_SHIFT",
    ]);
    expect(secondsIn(steps, "PRODUCTION_TRAFFIC_SHIFT")).to.equal(60 + 60 + lookSeconds);
  });

  it("waits for every task of green to be healthy, and gives up after a day", () => {
    const steps = run(plan(), () => ({ green: { desired: 2, tasks: 2, healthy: 1 } }), 9000);

    expect(steps.filter(({ state }) => state.stage === "SCALE_UP")).to.have.length((24 * 3600) / lookSeconds);
    expect(steps.at(-1)?.state).to.deep.include({
      direction: "back",
      stage: "CLEAN_UP",
      reason: "Service deployment rolled back because SCALE_UP did not complete within 24 hours.",
    });
  });

  it("goes back on an alarm: production first, then the test traffic, then green's tasks", () => {
    const steps = run(plan({ bakeMinutes: 10 }), (_, last) =>
      last?.state.stage === "BAKE_TIME" ? { failure: { kind: "alarm", rollback: true } } : {},
    );

    expect(stagesOf(steps).slice(9)).to.deep.equal([
      "back PRODUCTION_TRAFFIC_SHIFT",
      "back TEST_TRAFFIC_SHIFT",
      "back CLEAN_UP",
    ]);
    expect(weightsOf(steps)).to.deep.equal(["test 100", "production 100", "production 0", "test 0"]);
    expect(steps.every(({ tasks }) => tasks.blue === "wanted")).to.equal(true);
    expect(ending(steps)).to.deep.equal({ outcome: "ROLLBACK_SUCCESSFUL", reason: "alarm detected." });
  });

  it("stays where it is on an alarm that is not to roll back", () => {
    const steps = run(plan({ bakeMinutes: 10 }), (_, last) =>
      last?.state.stage === "BAKE_TIME" ? { failure: { kind: "alarm", rollback: false } } : {},
    );

    expect(ending(steps)).to.deep.equal({ outcome: "STOPPED", reason: "alarm detected." });
    expect(steps.at(-1)?.tasks).to.deep.equal({ blue: "wanted", green: "as-is", others: "none" });
    expect(weightsOf(steps)).to.deep.equal(["test 100", "production 100"]);
  });

  it("goes back when a user stops it, also without a setting for it, and stays when it is aborted", () => {
    const stoppedBy = (stop: "ROLLBACK" | "ABORT") => run(plan(), (look) => (look === 3 ? { stop } : {}));

    expect(ending(stoppedBy("ROLLBACK"))).to.deep.equal({
      outcome: "ROLLBACK_SUCCESSFUL",
      reason: "Service deployment rolled back because a user stopped it.",
    });
    expect(ending(stoppedBy("ABORT"))).to.deep.equal({
      outcome: "STOPPED",
      reason: "Service deployment stopped by a user.",
    });
  });

  it("does not turn round or stop any more once blue is being stopped", () => {
    const steps = run(plan(), (look, last) =>
      last?.state.stage === "CLEAN_UP"
        ? {
            failure: { kind: "alarm", rollback: true },
            stop: look % 2 === 0 ? "ROLLBACK" : "ABORT",
            blue: { tasks: look < 15 ? 1 : 0 },
          }
        : {},
    );

    expect(ending(steps)).to.deep.equal({ outcome: "SUCCESSFUL" });
    expect(steps).to.have.length(16);
  });

  it("cannot roll back the first deployment of a service", () => {
    const steps = run(plan(), (_, last) => ({
      blue: undefined,
      ...(last?.state.stage === "SCALE_UP" ? { failure: { kind: "circuit-breaker", rollback: true } as const } : {}),
    }));

    expect(ending(steps)).to.deep.equal({
      outcome: "ROLLBACK_FAILED",
      reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
    });
    expect(steps.at(-1)?.state.direction).to.equal("back");
    expect(steps.at(-1)?.tasks).to.deep.equal({ blue: "none", green: "as-is", others: "none" });
  });

  it("gives the first deployment of a service all traffic in one step", () => {
    const canary = plan({
      strategy: "CANARY",
      steps: [
        { percent: 5, bakeMinutes: 10 },
        { percent: 100, bakeMinutes: 0 },
      ],
    });

    expect(weightsOf(run(canary, () => ({ blue: undefined })))).to.deep.equal(["test 100", "production 100"]);
  });

  it("first clears away what an earlier deployment has left, its traffic included", () => {
    const steps = run(plan(), (look) => ({ others: look < 4 ? 2 : 0 }));

    expect(stagesOf(steps).slice(0, 2)).to.deep.equal(["RECONCILE_SERVICE", "PRE_SCALE_UP"]);
    expect(weightsOf(steps)).to.deep.equal(["production 0", "test 0", "test 100", "production 100"]);
    expect(secondsIn(steps, "RECONCILE_SERVICE")).to.equal(40);
  });

  it("goes back when a weight cannot be set, and has failed for good when that cannot be taken back either", () => {
    const once = run(plan(), (look) => (look === 7 ? { trouble: "One or more rules not found" } : {}));
    const twice = run(plan(), (look) => (look === 7 || look === 8 ? { trouble: "One or more rules not found" } : {}));
    const reason =
      "Service deployment rolled back because of invalid networking configuration. One or more rules not found";

    expect(ending(once)).to.deep.equal({ outcome: "ROLLBACK_SUCCESSFUL", reason });
    expect(ending(twice)).to.deep.equal({ outcome: "ROLLBACK_FAILED", reason });
  });
});
