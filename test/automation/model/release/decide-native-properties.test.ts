import { expect } from "chai";
import fc from "fast-check";
import { decideNative } from "../../../../automation/model/release/decide-native";
import type { JournalFact } from "../../../../automation/model/release/journal";
import {
  nativeStages,
  type NativeAction,
  type NativeDeployment,
  type NativeObserved,
} from "../../../../automation/model/release/native";
import type { CheckResult } from "../../../../automation/model/release/observed";
import { aJournal } from "../../../_helpers/a-journal";
import { aServicePlan } from "../../../_helpers/a-service-plan";
import { check } from "./native-scenes";

const begun = Date.parse("2026-11-21T10:00:00.000Z");
const cause = { kind: "alarm", text: "web-errors" } as const;
const own = "sd-1";
const restored = "sd-2";

const facts: readonly JournalFact[] = [
  { kind: "provisioning" },
  { kind: "provisioned", deploymentId: own, taskDefinition: "web:2" },
  { kind: "verified", by: "targets" },
  { kind: "shifted", step: 0, percent: 10 },
  { kind: "passed", step: 0 },
  { kind: "shifted", step: 1, percent: 100 },
  { kind: "passed", step: 1 },
  { kind: "paused", hookId: "hook", stage: "BAKE_TIME", until: null, otherwise: "ROLLBACK" },
  { kind: "continued", hookId: "hook" },
  { kind: "continue-asked", by: "ann" },
  { kind: "abort-asked", by: "ann" },
  { kind: "ready" },
  { kind: "committing" },
  { kind: "committed" },
  { kind: "failed", cause },
  { kind: "left-as-is", cause },
  { kind: "turned-back", cause },
  { kind: "restoring" },
  { kind: "restored", deploymentId: restored },
  { kind: "closed", outcome: "rolled-back" },
];

/** So many of them are those of a release in which nothing happens. */
const straight = 7;

const aDeployment: fc.Arbitrary<NativeDeployment> = fc.record({
  arn: fc.constantFrom(own, restored, "sd-other"),
  status: fc.constantFrom(
    "PENDING",
    "IN_PROGRESS",
    "STOP_REQUESTED",
    "ROLLBACK_REQUESTED",
    "ROLLBACK_IN_PROGRESS",
    "SUCCESSFUL",
    "STOPPED",
    "ROLLBACK_SUCCESSFUL",
    "ROLLBACK_FAILED",
  ),
  statusReason: fc.constant(""),
  stage: fc.constantFrom(null, ...nativeStages),
  target: fc.record({
    arn: fc.constant("rev-2"),
    wanted: fc.nat(3),
    running: fc.nat(3),
    production: fc.constantFrom(0, 10, 55, 100),
  }),
  sources: fc.constant([]),
  hooks: fc.array(
    fc.record({
      id: fc.constantFrom("hook", "hook-2"),
      kind: fc.constantFrom("PAUSE", "AWS_LAMBDA"),
      status: fc.constantFrom("AWAITING_ACTION", "IN_PROGRESS", "SUCCEEDED", "FAILED", "TIMED_OUT"),
      expiresAt: fc.constantFrom(null, "2026-11-22T10:00:00.000Z"),
      otherwise: fc.constantFrom("ROLLBACK", "CONTINUE"),
    }),
    { maxLength: 2 },
  ),
  rollbackReason: fc.constantFrom(null, "alarm detected."),
  triggeredAlarms: fc.constantFrom([], ["web-errors"]),
  failures: fc.nat(3),
});

const observations: fc.Arbitrary<NativeObserved> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: "blind", since: "", error: "slow", peers: "none" } as const) },
  {
    weight: 5,
    arbitrary: aDeployment.map((deployment): NativeObserved => ({
      kind: "seen",
      peers: "none",
      deployment: { ...deployment, arn: own, hooks: [] },
      alarms: [],
    })),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: fc.constant("seen" as const),
        peers: fc.constantFrom("none" as const, "waiting" as const, "ready" as const, "failed" as const),
        deployment: fc.option(aDeployment),
        alarms: fc.constantFrom([], [{ name: "web-errors", state: "ALARM" as const, reason: "" }]),
        checks: fc.constantFrom<CheckResult>({ kind: "passed", names: ["health"] }, { kind: "failed", text: "503" }),
        failure: fc.constant(cause),
        crash: fc.record({ stopped: fc.nat(3), text: fc.constant("exit 1") }),
      },
      { requiredKeys: ["kind", "peers", "deployment", "alarms"] },
    ),
  },
);

const scenes = fc.record({
  policy: fc.constantFrom("auto" as const, "ask" as const, "never" as const),
  restart: fc.boolean(),
  hasCheck: fc.boolean(),
  /** Mostly what a release has been through in this order, and sometimes anything. */
  facts: fc.oneof(
    fc.nat(straight).map((length) => facts.slice(0, length)),
    fc.subarray([...facts]),
    fc.nat(facts.length).map((length) => facts.slice(0, length)),
    fc.array(fc.constantFrom(...facts), { maxLength: 12 }),
  ),
  observed: observations,
  afterMs: fc.constantFrom(0, 1_000, 61_000, 700_000, 90_000_000),
});

type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;

function decided({ policy, restart, hasCheck, facts: behind, observed, afterMs }: Scene): NativeAction {
  const plan = aServicePlan({
    mode: "ecs",
    controller: "ecs",
    to: { slot: "blue", images: { web: "web:v2" }, version: "v2" },
    routes: [],
    rollback: policy,
    restart,
    alarms: ["web-errors"],
    liveChecks: hasCheck ? [check] : [],
  });
  const started: readonly JournalFact[] = [{ kind: "started" }, ...behind];
  const entries = started.map((fact) => ({ ...fact, at: new Date(begun).toISOString() }));
  return decideNative(plan, observed, { ...aJournal(), plan, entries }, new Date(begun + afterMs));
}

/** What ECS does, as the record has it. */
const told: ReadonlySet<string> = new Set(["verified", "shifted", "passed", "paused", "continued"]);

const isLastPassed = (fact: JournalFact): boolean => fact.kind === "passed" && fact.step === 1;
const isOver = ({ facts: behind }: Scene): boolean => behind.some(({ kind }) => kind === "closed");
const sees = ({ observed }: Scene, arn: string | undefined, status: NativeDeployment["status"]): boolean =>
  observed.kind === "seen" && observed.deployment?.arn === arn && observed.deployment?.status === status;
const lastId = ({ facts: behind }: Scene, kind: "provisioned" | "restored"): string | undefined =>
  behind
    .flatMap((fact) => (fact.kind === kind ? [(fact as { readonly deploymentId: string }).deploymentId] : []))
    .at(-1);

const always = (holds: (scene: Scene, action: NativeAction) => void): void =>
  fc.assert(
    fc.property(scenes, (scene) => holds(scene, decided(scene))),
    { numRuns: 3_000 },
  );

describe("decideNative, whatever is written down and seen", () => {
  it("decides something, the same again, and waits for a time that is to come", () => {
    always((scene, action) => {
      expect(decided(scene)).to.deep.equal(action);
      if (action.kind === "wait") expect(action.ms).to.be.greaterThan(0);
    });
  });

  it("does nothing more to what is over", () => {
    always((scene, action) => {
      if (isOver(scene)) expect(action.kind).to.equal("stop");
    });
  });

  it("writes down what its own deployment does, and no other's, and passes the last step only by its success", () => {
    always((scene, action) => {
      if (action.kind !== "note" || !told.has(action.fact.kind)) return;
      const { observed } = scene;
      expect(observed.kind === "seen" && observed.deployment?.arn).to.equal(lastId(scene, "provisioned"));
      if (isLastPassed(action.fact)) expect(sees(scene, own, "SUCCESSFUL")).to.equal(true);
    });
  });

  it("commits, and is done, only when the last step has passed, and never on the way back", () => {
    always((scene, action) => {
      const isDone = action.kind === "note" && action.fact.kind === "closed" && action.fact.outcome === "done";
      if (action.kind !== "commit" && !isDone) return;
      const kinds = scene.facts.map(({ kind }) => kind);
      expect(kinds).not.to.include("turned-back");
      expect(isDone ? kinds.includes("committed") : scene.facts.some(isLastPassed) || kinds.includes("ready")).to.equal(
        true,
      );
    });
  });

  it("is rolled back only when ECS has run the old images by the very deployment that put them there", () => {
    always((scene, action) => {
      if (action.kind !== "note" || action.fact.kind !== "closed" || action.fact.outcome !== "rolled-back") return;
      const began = scene.facts.some(({ kind }) => kind === "provisioning");
      if (began) expect(sees(scene, lastId(scene, "restored"), "SUCCESSFUL")).to.equal(true);
    });
  });

  it("changes nothing of a deployment that is not the one it sees, and nothing where AWS does not answer", () => {
    always(({ observed }, action) => {
      if (observed.kind === "blind") expect(["wait", "note", "stop"]).to.include(action.kind);
      if (action.kind === "continue" || action.kind === "take-back")
        expect(observed.kind === "seen" && observed.deployment?.arn).to.equal(action.deployment);
    });
  });
});
