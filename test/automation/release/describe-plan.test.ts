import { expect } from "chai";
import { describePlan, planData } from "../../../automation/release/describe-plan";
import { expectedMs } from "../../../automation/release/expected-duration";
import { aPlan } from "../../_helpers/a-journal";

const rolling = aPlan({
  service: "api",
  strategy: "rolling",
  mode: "rolling",
  from: { slot: "blue", images: { api: "registry/api:v1" }, version: "v1" },
  to: { slot: "blue", images: { api: "registry/api@sha256:0123456789abcdef" }, version: "v2" },
  slots: { blue: { serviceName: "api", targetGroups: [] } },
  steps: [{ percent: 100, bakeSeconds: 0 }],
  alarms: [],
  ignoredAlarms: [{ name: "api-cpu", reason: "INC-204" }],
  liveChecks: [],
  rollback: "never",
  count: 1,
  warmSeconds: 0,
  watchHours: 24,
  notes: ["Container logs keeps its image."],
});

describe("the text of a plan", () => {
  it("says what a canary will do, phase by phase", () => {
    const compare = { minimumRequests: 100, maxErrorPoints: 1, maxLatencyRatio: 1.5 };
    expect(describePlan([aPlan({ compare })])).to.equal(
      [
        "web: v1 -> v2 (canary, blue -> green)",
        "  images     web: registry/web sha256:1 -> sha256:2",
        "  provision  2 tasks in green, healthy within 10 min",
        "  step 1     10 % of the traffic, watched for 1 min",
        "  step 2     100 % of the traffic, watched for 1 min",
        "  check      health (https://shop/health)",
        "  gates      alarms silent: web-5xx",
        "             every target healthy",
        "             compared with the old version from 100 requests on: errors at most 1 point more, p95 at most 1.5 times as long",
        "  warm       old tasks stay 5 min for an instant way back",
        "  way back   by itself",
        "  expected   about 9 min",
      ].join("\n"),
    );
  });

  it("says of several services how they go together", () => {
    expect(
      describePlan([rolling, { ...rolling, service: "job", restart: true }], {
        order: "sequential",
        allOrNothing: true,
      }),
    ).to.equal(
      [
        "2 services, one after the other, all or none; expected to take about 7 min.",
        "",
        "api: v1 -> v2 (rolling, in place)",
        "  images    api: registry/api v1 -> sha256:0123456789ab",
        "  replace   1 task by ECS, healthy within 10 min",
        "  bake      not watched",
        "  gates     no alarm",
        "            alarm not judged: api-cpu (INC-204)",
        "            every task running",
        "  watch     alarms take it back for 24 h more",
        "  way back  never: both versions stay as they are",
        "  expected  about 4 min",
        "  note      Container logs keeps its image.",
        "",
        "job: restart of v1 (rolling, in place)",
        "  replace   1 task by ECS, healthy within 10 min",
        "  bake      not watched",
        "  gates     no alarm",
        "            alarm not judged: api-cpu (INC-204)",
        "            every task running",
        "  watch     alarms take it back for 24 h more",
        "  way back  never: both versions stay as they are",
        "  expected  about 4 min",
        "  note      Container logs keeps its image.",
      ].join("\n"),
    );
  });

  it("gives programs the plans themselves", () => {
    expect(planData([rolling])).to.deep.equal({ plans: [{ ...rolling, expectedMs: 196_000 }], expectedMs: 196_000 });
  });
});

describe("the expected duration", () => {
  it("is engine, tasks, watches and the warm time together", () => {
    expect([expectedMs(aPlan()), expectedMs(rolling)]).to.deep.equal([
      8_000 + 90_000 + 120_000 + 8_000 + 300_000,
      8_000 + 180_000 + 8_000,
    ]);
  });

  it("never waits longer for tasks than the deadline does", () => {
    expect(expectedMs(aPlan({ provisionSeconds: 60, steps: [], warmSeconds: 0 }))).to.equal(76_000);
  });
});
