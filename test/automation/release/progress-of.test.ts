import { expect } from "chai";
import type { Observed } from "../../../automation/model/release/observed";
import { expectedMs } from "../../../automation/release/expected-duration";
import { progressOf } from "../../../automation/release/progress-of";
import { aJournal, aPlan, goodFacts } from "../../_helpers/a-journal";
import { aService, aTarget } from "../../_helpers/a-shop-release";

const plan = aPlan();
const journal = aJournal({ facts: goodFacts.slice(0, 7) });
const now = new Date("2026-01-01T00:00:51.000Z");
const seen: Observed = {
  kind: "seen",
  peers: "none",
  slots: {
    blue: { service: aService("web-blue"), targets: [[aTarget("1"), aTarget("2"), aTarget("3")]] },
    green: {
      service: aService("web-green", { desired: 3, running: 2 }),
      targets: [
        [aTarget("4"), aTarget("5", "unhealthy")],
        [aTarget("4"), aTarget("5")],
      ],
    },
  },
  routes: [{ arn: "arn:rule", weights: { blue: 90, green: 10 } }],
  alarms: [
    { name: "web-5xx", state: "ALARM", reason: "" },
    { name: "slow", state: "OK", reason: "" },
  ],
};
const wait = { kind: "wait", ms: 5_000, why: "watching" } as const;

describe("progressOf", () => {
  it("shows both sides, the split, what fires and how long it takes", () => {
    expect(progressOf({ plan, journal, seen, action: wait, now })).to.deep.equal({
      at: "2026-01-01T00:00:51.000Z",
      service: "web",
      phase: "bake",
      step: { number: 1, of: 2, percent: 10 },
      note: "watching",
      old: { version: "v1", desired: 3, running: 3, healthy: 3 },
      fresh: { version: "v2", desired: 3, running: 2, healthy: 1 },
      freshPercent: 10,
      weights: { blue: 90, green: 10 },
      firing: ["web-5xx"],
      elapsedMs: 51_000,
      expectedMs: expectedMs(plan),
      event: false,
    });
  });

  it("has running tasks for health without a load balancer, no split with one slot, and deeds for events", () => {
    const rolling = aPlan({ mode: "rolling", routes: [] });
    const slots = { blue: { service: aService("web-blue"), targets: [] } };
    const action = { kind: "note", fact: { kind: "ready" } } as const;
    const shown = progressOf({ plan: rolling, journal, seen: { kind: "seen", peers: "none", slots }, action, now });
    expect(shown).to.deep.include({
      old: { version: "v1", desired: 3, running: 3, healthy: 3 },
      freshPercent: null,
      weights: null,
      firing: [],
      event: true,
    });
  });

  it("shows nothing that it does not see", () => {
    const blind = { kind: "blind", since: "2026-01-01T00:00:41.000Z", error: "timeout", peers: "none" } as const;
    const none = { version: "v1", desired: 0, running: 0, healthy: 0 };
    expect(progressOf({ plan, journal, seen: blind, action: wait, now })).to.deep.include({
      old: none,
      fresh: { ...none, version: "v2" },
      weights: null,
      firing: [],
      note: "AWS has not answered for 10 s: timeout",
    });
  });
});

describe("the expected duration", () => {
  it("is that of the tasks, every bake, the warm time and two runs of the engine", () => {
    const own = { steps: [{ percent: 100, bakeSeconds: 60 }], warmSeconds: 30 };
    expect([
      expectedMs(aPlan({ ...own, provisionSeconds: 600 })),
      expectedMs(aPlan({ ...own, provisionSeconds: 600, mode: "rolling" })),
      expectedMs(aPlan({ ...own, provisionSeconds: 60 })),
    ]).to.deep.equal([(8 + 90 + 60 + 8 + 30) * 1_000, (8 + 180 + 60 + 8 + 30) * 1_000, (8 + 60 + 60 + 8 + 30) * 1_000]);
  });
});
