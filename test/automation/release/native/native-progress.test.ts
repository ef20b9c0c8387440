import { expect } from "chai";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { NativeAction, NativeObserved } from "../../../../automation/model/release/native";
import { nativeProgress } from "../../../../automation/release/native/native-progress";
import { aJournal, aPlan } from "../../../_helpers/a-journal";
import { back, provisioned, serving, shifted } from "../../model/release/native-scenes";

const plan = aPlan({ mode: "ecs", controller: "ecs", alarms: ["web-5xx"], routes: [], warmSeconds: 0 });
const now = new Date("2026-01-01T00:01:00.000Z");
const waiting: NativeAction = { kind: "wait", ms: 5_000, why: "PRODUCTION_TRAFFIC_SHIFT: 10 % of the traffic" };
const seen = (production: number): NativeObserved => ({
  kind: "seen",
  peers: "none",
  deployment: serving(production),
  alarms: [
    { name: "web-5xx", state: "ALARM", reason: "" },
    { name: "web-slow", state: "OK", reason: "" },
  ],
});

const shown = (facts: readonly JournalFact[], observed = seen(10), action: NativeAction = waiting) =>
  nativeProgress({
    plan,
    journal: aJournal({ plan, facts: facts.map((fact) => [0, fact] as const) }),
    seen: observed,
    action,
    now,
  });

describe("nativeProgress", () => {
  it("shows both revisions, the share of the new one, and no weights of slots", () => {
    expect(shown(shifted)).to.deep.equal({
      at: "2026-01-01T00:01:00.000Z",
      service: "web",
      phase: "bake",
      step: { number: 1, of: 2, percent: 10 },
      note: "PRODUCTION_TRAFFIC_SHIFT: 10 % of the traffic",
      old: { version: "v1", desired: 2, running: 2, healthy: 2 },
      fresh: { version: "v2", desired: 2, running: 2, healthy: 2 },
      freshPercent: 10,
      weights: null,
      firing: ["web-5xx"],
      elapsedMs: 60_000,
      expectedMs: 226_000,
      event: false,
    });
  });

  it("knows no share before there is a deployment of its own, and that it is nothing once the old images have one", () => {
    const restored: readonly JournalFact[] = [...provisioned, back(), { kind: "restored", deploymentId: "sd-2" }];
    expect(
      [[{ kind: "started" } as const], provisioned, restored].map((facts) => shown(facts).freshPercent),
    ).to.deep.equal([null, 10, 0]);
  });

  it("shows nobody where AWS does not answer", () => {
    const blind: NativeObserved = { kind: "blind", since: now.toISOString(), error: "ecs: slow", peers: "none" };
    const { old, fresh, firing, freshPercent } = shown(provisioned, blind);
    expect([old.running, fresh.running, firing, freshPercent]).to.deep.equal([0, 0, [], null]);
  });

  for (const [action, note] of [
    [{ kind: "continue", deployment: "sd-1", hookId: "pause-1" }, "lets ECS go past its pause"],
    [{ kind: "take-back", deployment: "sd-1" }, "tells ECS to go back"],
  ] as const)
    it(`says that it ${note}`, () => {
      const { note: said, event } = shown(shifted, seen(10), action);
      expect([said, event]).to.deep.equal([note, true]);
    });
});
