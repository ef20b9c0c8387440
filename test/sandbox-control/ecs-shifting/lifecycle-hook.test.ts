import { expect } from "chai";
import type { Hook } from "../../../sandbox/ecs/shifting/model";
import { answersTo, ending, lambdaArn, lookSeconds, plan, run, secondsIn, weightsOf } from "./shift-run";

const pause = (changes: Partial<Hook> = {}): Hook => ({
  targetType: "PAUSE",
  stages: ["POST_SCALE_UP"],
  timeoutMinutes: 60,
  timeoutAction: "ROLLBACK",
  ...changes,
});

const lambda = (changes: Partial<Hook> = {}): Hook => ({
  ...pause(),
  targetType: "AWS_LAMBDA",
  targetArn: lambdaArn,
  ...changes,
});

describe("a lifecycle hook", () => {
  it("holds the deployment up until somebody continues it", () => {
    const steps = run(plan({ hooks: [pause()] }), (look, last) => {
      const waiting = last?.state.hooks.find(({ status }) => status === "AWAITING_ACTION");
      return look === 20 && waiting ? { continued: { [waiting.id]: "CONTINUE" } } : {};
    });

    expect(steps.find(({ state }) => state.stage === "POST_SCALE_UP")?.state.hooks).to.deep.equal([
      {
        id: steps[2]?.state.hooks[0]?.id,
        hook: pause(),
        stage: "POST_SCALE_UP",
        status: "AWAITING_ACTION",
        expiresAt: new Date("2026-01-01T01:00:20Z"),
      },
    ]);
    expect(steps[2]?.state.hooks[0]?.id).to.match(/^ecs-pause-[\w-]{21}$/);
    expect(secondsIn(steps, "POST_SCALE_UP")).to.equal(180);
    expect(ending(steps)).to.deep.equal({ outcome: "SUCCESSFUL" });
  });

  it("that nobody continues does at its end what it was told to", () => {
    const withAction = (timeoutAction: "ROLLBACK" | "CONTINUE") => run(plan({ hooks: [pause({ timeoutAction })] }));

    expect(ending(withAction("ROLLBACK"))).to.deep.equal({
      outcome: "ROLLBACK_SUCCESSFUL",
      reason: "Service deployment rolled back because POST_SCALE_UP pause hook timed out.",
    });
    expect(ending(withAction("CONTINUE"))).to.deep.equal({ outcome: "SUCCESSFUL" });
    expect(secondsIn(withAction("CONTINUE"), "POST_SCALE_UP")).to.equal(3600);
  });

  it("may pause for longer than the day that other stages have", () => {
    const steps = run(plan({ hooks: [pause({ timeoutMinutes: 3 * 1440, timeoutAction: "CONTINUE" })] }));

    expect(ending(steps)).to.deep.equal({ outcome: "SUCCESSFUL" });
  });

  it("that is a function is asked again after the delay that it names, else after 30 seconds", () => {
    const calls: number[] = [];
    run(plan({ hooks: [lambda({ stages: ["PRE_SCALE_UP"] })] }), (look, last) => {
      if (last?.orders.some(({ kind }) => kind === "call-hook")) calls.push((look - 1) * lookSeconds);
      const answer = [{ hookStatus: "IN_PROGRESS", callBackDelay: 60 }, { hookStatus: "IN_PROGRESS" }][
        calls.length - 1
      ];
      return { answers: answersTo(last, answer ?? { hookStatus: "SUCCEEDED" }) };
    });

    expect(calls).to.deep.equal([0, 70, 110]);
  });

  it("that fails, or says nothing of use, takes the deployment back", () => {
    const withAnswer = (hookStatus?: string) =>
      ending(
        run(plan({ hooks: [lambda()] }), (_, last) => ({ answers: answersTo(last, hookStatus ? { hookStatus } : {}) })),
      );

    expect(withAnswer("FAILED")).to.deep.equal({
      outcome: "ROLLBACK_SUCCESSFUL",
      reason: `Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed. Lifecycle hook target ${lambdaArn} returned FAILED status.`,
    });
    expect(withAnswer()).to.deep.equal({
      outcome: "ROLLBACK_SUCCESSFUL",
      reason: `Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed. ECS was unable to parse the response from ${lambdaArn} due to: HookStatus must not be null.`,
    });
  });

  it("runs again on the way back where traffic is shifted, after the weights, and can make the rollback fail", () => {
    const steps = run(
      plan({ bakeMinutes: 5, hooks: [lambda({ stages: ["PRODUCTION_TRAFFIC_SHIFT"] })] }),
      (_, last) => ({
        ...(last?.state.stage === "BAKE_TIME" ? { failure: { kind: "alarm", rollback: true } as const } : {}),
        answers: answersTo(last, { hookStatus: last?.state.direction === "back" ? "FAILED" : "SUCCEEDED" }),
      }),
    );

    expect(weightsOf(steps)).to.deep.equal(["test 100", "production 100", "production 0"]);
    expect(ending(steps)).to.deep.equal({ outcome: "ROLLBACK_FAILED", reason: "alarm detected." });
  });

  it("waits for all hooks of a stage", () => {
    const both = plan({ hooks: [pause({ timeoutMinutes: 10, timeoutAction: "CONTINUE" }), lambda()] });

    expect(secondsIn(run(both), "POST_SCALE_UP")).to.equal(600);
  });
});
