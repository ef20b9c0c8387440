import { expect } from "chai";
import type { JournalFact } from "../../../../automation/model/release/journal";
import {
  all,
  check,
  decided,
  deployment,
  kindOf,
  pause,
  provisioned,
  serving,
  shifted,
  verified,
} from "./native-scenes";

describe("decideNative, forward", () => {
  for (const [what, wanted, one] of [
    ["puts the images in place first", "provision", { facts: [{ kind: "started" }] }],
    ["starts the tasks anew for a restart", "force-deployment", { facts: [], plan: { restart: true } }],
    ["waits for the tasks", "wait", { facts: provisioned, seen: { deployment: deployment() } }],
    [
      "writes down that the new tasks are there",
      "verified",
      { facts: provisioned, seen: { deployment: deployment({ stage: "POST_SCALE_UP" }) } },
    ],
    ["writes down a share that ECS gave", "shifted", { facts: verified, seen: { deployment: serving(10) } }],
    ["waits while a step bakes", "wait", { facts: shifted, seen: { deployment: serving(10) } }],
    ["writes down a step that is over", "passed", { facts: shifted, seen: { deployment: serving(100) } }],
    ["waits while all of it bakes", "wait", { facts: all, seen: { deployment: serving(100, { stage: "BAKE_TIME" }) } }],
    [
      "checks the new version while the old tasks still run",
      "check",
      { facts: all, plan: { liveChecks: [check] }, seen: { deployment: serving(100, { stage: "BAKE_TIME" }) } },
    ],
    [
      "is over with its last step only when ECS is",
      "passed",
      { facts: all, seen: { deployment: serving(100, { status: "SUCCESSFUL", stage: null }) } },
    ],
    ["is ready then", "ready", { facts: [...all, { kind: "passed", step: 1 }], seen: { deployment: serving(100) } }],
    [
      "commits what is ready",
      "commit",
      { facts: [...all, { kind: "passed", step: 1 }, { kind: "ready" }], seen: { deployment: serving(100) } },
    ],
    [
      "waits with the commit for the others",
      "wait",
      {
        facts: [...all, { kind: "passed", step: 1 }, { kind: "ready" }],
        seen: { deployment: serving(100), peers: "waiting" },
      },
    ],
    [
      "is done after the commit",
      "closed",
      {
        facts: [...all, { kind: "passed", step: 1 }, { kind: "ready" }, { kind: "committing" }, { kind: "committed" }],
        seen: { deployment: serving(100) },
      },
    ],
  ] as const) {
    it(what, () => {
      expect(kindOf(decided(one))).to.equal(wanted);
    });
  }

  it("takes no other deployment's success for its own", () => {
    const other = serving(100, { arn: "sd-0", status: "SUCCESSFUL" });
    expect(kindOf(decided({ facts: verified, seen: { deployment: other } }))).to.equal("wait");
    expect(decided({ facts: verified, seen: { deployment: other }, afterMs: 61_000 })).to.deep.equal({
      kind: "note",
      fact: {
        kind: "turned-back",
        cause: { kind: "changed-elsewhere", text: "ECS does not know the deployment sd-1 any more" },
      },
    });
  });
});

describe("decideNative, at a pause", () => {
  const waiting = deployment({ stage: "POST_TEST_TRAFFIC_SHIFT", hooks: [pause] });
  const paused: readonly JournalFact[] = [
    ...verified,
    {
      kind: "paused",
      hookId: pause.id,
      stage: "POST_TEST_TRAFFIC_SHIFT",
      until: pause.expiresAt,
      otherwise: "ROLLBACK",
    },
  ];

  it("writes the hook, its end and what ECS does then, once", () => {
    expect(decided({ facts: verified, seen: { deployment: waiting } })).to.deep.equal({
      kind: "note",
      fact: paused.at(-1),
    });
  });

  it("waits and says for what, without a deadline of its own", () => {
    const found = decided({ facts: paused, seen: { deployment: waiting }, afterMs: 20 * 3_600_000 });
    expect(found.kind === "wait" && found.why).to.equal(
      "ECS waits at POST_TEST_TRAFFIC_SHIFT (ecs-pause-1) for `slipway release continue` or `abort`, " +
        "until 2026-11-22T10:00:00.000Z: then it goes back",
    );
  });

  it("goes on by a word that came after it, and by none that came before", () => {
    const word: JournalFact = { kind: "continue-asked", by: "ann" };
    expect(decided({ facts: [...paused, word], seen: { deployment: waiting } })).to.deep.equal({
      kind: "continue",
      deployment: "sd-1",
      hookId: pause.id,
    });
    const early = [...verified, word, ...paused.slice(-1)];
    expect(decided({ facts: early, seen: { deployment: waiting } }).kind).to.equal("wait");
  });

  it("writes down that it is over when its time was, too", () => {
    const gone = deployment({ stage: "PRODUCTION_TRAFFIC_SHIFT", hooks: [{ ...pause, status: "TIMED_OUT" }] });
    expect(kindOf(decided({ facts: paused, seen: { deployment: gone } }))).to.equal("continued");
  });
});
