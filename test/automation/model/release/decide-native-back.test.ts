import { expect } from "chai";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { NativeDeployment } from "../../../../automation/model/release/native";
import {
  all,
  back,
  check,
  decided,
  deployment,
  kindOf,
  pause,
  provisioned,
  serving,
  shifted,
  type Case,
} from "./native-scenes";

describe("decideNative, when it fails", () => {
  const alarm = { name: "web-errors", state: "ALARM", reason: "9 % of 5 %" } as const;

  for (const [what, kind, one] of [
    ["an alarm", "alarm", { facts: shifted, plan: { alarms: ["web-errors"] }, seen: { alarms: [alarm] } }],
    ["tasks that crash", "crash-loop", { facts: provisioned, seen: { crash: { stopped: 2, text: "exit 1" } } }],
    ["a standstill", "deadline", { facts: provisioned, afterMs: 660_000 }],
    [
      "a wrong answer",
      "check-failed",
      {
        facts: all,
        plan: { liveChecks: [check] },
        seen: { checks: { kind: "failed", text: "503" }, deployment: serving(100, { stage: "BAKE_TIME" }) },
      },
    ],
    ["the engine", "provision-failed", { facts: [], seen: { failure: { kind: "provision-failed", text: "no" } } }],
    ["somebody's word", "aborted", { facts: [...shifted, { kind: "abort-asked", by: "ann" }] }],
    ["a peer", "peer-failed", { facts: shifted, seen: { peers: "failed" } }],
  ] as const) {
    it(`goes back for ${what}`, () => {
      const given = one as Case;
      const found = decided({ ...given, seen: { deployment: serving(10, { stage: "SCALE_UP" }), ...given.seen } });
      expect(found.kind === "note" && found.fact.kind === "turned-back" && found.fact.cause.kind).to.equal(kind);
    });
  }

  for (const status of ["ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"] as const) {
    it(`takes ${status} for a release that went back, whatever the policy is`, () => {
      const ended = deployment({ status, rollbackReason: "alarm detected.", triggeredAlarms: ["web-errors"] });
      expect(decided({ facts: shifted, plan: { rollback: "never" }, seen: { deployment: ended } })).to.deep.equal({
        kind: "note",
        fact: {
          kind: "turned-back",
          cause: {
            kind: "ecs-rolled-back",
            text: `ECS ended the deployment (${status}): alarm detected.; alarms: web-errors`,
          },
        },
      });
    });
  }

  it("asks the policy where ECS has only stopped", () => {
    const seen = { deployment: deployment({ status: "STOPPED" as const, statusReason: "alarm detected." }) };
    expect(kindOf(decided({ facts: shifted, plan: { rollback: "never" }, seen }))).to.equal("left-as-is");
    expect(decided({ facts: shifted, plan: { rollback: "ask" }, seen }).kind).to.equal("ask");
  });

  it("waits while ECS goes back by itself", () => {
    const seen = { deployment: deployment({ status: "ROLLBACK_IN_PROGRESS" as const }) };
    expect(decided({ facts: shifted, seen, afterMs: 1e9 }).kind).to.equal("wait");
  });

  it("ignores an alarm that the plan does not judge", () => {
    expect(decided({ facts: shifted, seen: { alarms: [alarm], deployment: serving(10) } }).kind).to.equal("wait");
  });
});

describe("decideNative, on the way back", () => {
  const restored: JournalFact = { kind: "restored", deploymentId: "sd-2" };
  const again = (different: Partial<NativeDeployment>) => deployment({ arn: "sd-2", ...different });

  for (const [what, wanted, facts, seen] of [
    ["tells ECS to go back while it still can", "take-back", [...shifted, back()], serving(10)],
    ["waits until it has", "wait", [...shifted, back()], serving(10, { status: "ROLLBACK_REQUESTED" })],
    [
      "puts the old images in place when ECS has gone back",
      "restore",
      [...shifted, back()],
      serving(0, { status: "ROLLBACK_SUCCESSFUL" }),
    ],
    ["does so after a success, too", "restore", [...all, back("aborted")], serving(100, { status: "SUCCESSFUL" })],
    ["goes past the pauses of the old version", "continue", [back(), restored], again({ hooks: [pause] })],
    ["waits for the old version", "wait", [back(), restored], again({})],
    ["tries once more when ECS ends that", "restore", [back(), restored], again({ status: "ROLLBACK_SUCCESSFUL" })],
    ["is over when nothing was begun", "closed", [{ kind: "started" }, back()], null],
  ] as const) {
    it(what, () => {
      const begin: readonly JournalFact[] = what === "is over when nothing was begun" ? [] : provisioned;
      expect(kindOf(decided({ facts: [...begin, ...facts], seen: { deployment: seen } }))).to.equal(wanted);
    });
  }

  it("is rolled back when ECS runs the old version by a deployment that the stack remembers", () => {
    const facts = [...provisioned, back(), { kind: "restoring" }, restored] as const;
    expect(decided({ facts, seen: { deployment: again({ status: "SUCCESSFUL" }) } })).to.deep.equal({
      kind: "note",
      fact: { kind: "closed", outcome: "rolled-back" },
    });
  });

  it("stops trying after three deployments of the old version", () => {
    const tries: readonly JournalFact[] = [1, 2, 3].flatMap(() => [{ kind: "restoring" }, restored] as const);
    const found = decided({
      facts: [...provisioned, back(), ...tries],
      seen: { deployment: again({ status: "STOPPED", statusReason: "no tasks" }) },
    });
    expect(found.kind === "note" && found.fact.kind === "closed" && found.fact.outcome).to.equal("stuck");
  });
});
