import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import type { Action } from "../../../../automation/model/release/action";
import { decide } from "../../../../automation/model/release/decide";
import { canServe, hasWeight } from "../../../../automation/model/release/decide-sides";
import { describeStand } from "../../../../automation/model/release/describe-stand";
import type { JournalFact } from "../../../../automation/model/release/journal";
import { needsOf } from "../../../../automation/model/release/needs";
import type { Observed, SlotView, TargetView } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { slots, type Slot } from "../../../../infra/releases";
import { fakePlan, fakeRollingPlan } from "../../../_fakes/fake-plan";
import { at, deployment, journalOf, slotView } from "./scenes";

const cause = { kind: "alarm", text: "it fires" } as const;
const step = fc.integer({ min: 0, max: 2 });
const percent = fc.constantFrom(0, 10, 50, 100);
const fact: fc.Arbitrary<JournalFact> = fc.oneof(
  fc.constantFrom<JournalFact>(
    { kind: "started" },
    { kind: "provisioning" },
    { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
    { kind: "scaled", count: 2 },
    { kind: "verified", by: "targets" },
    { kind: "ready" },
    { kind: "failed", cause },
    { kind: "abort-asked", by: "ann" },
    { kind: "continue-asked", by: "ann" },
    { kind: "turned-back", cause },
    { kind: "kept-new", cause },
    { kind: "left-as-is", cause },
    { kind: "weights-restored" },
    { kind: "restoring" },
    { kind: "restored", deploymentId: "ecs-svc/2" },
    { kind: "committing" },
    { kind: "committed" },
    { kind: "retired" },
  ),
  fc.record({ kind: fc.constant("shifting" as const), step, percent }),
  fc.record({ kind: fc.constant("shifted" as const), step, percent }),
  fc.record({ kind: fc.constant("passed" as const), step }),
);

/** The beginning that most decisions need, then anything. */
const facts: fc.Arbitrary<readonly JournalFact[]> = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.array(fact, { maxLength: 10 }))
  .map(([begun, rest]) => [
    ...(
      [
        { kind: "started" },
        { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
        { kind: "scaled", count: 2 },
        { kind: "verified", by: "targets" },
        { kind: "shifted", step: 0, percent: 10 },
      ] as const
    ).slice(0, begun),
    ...rest,
  ]);

const states: readonly TargetView["state"][] = ["healthy", "initial", "unhealthy", "draining"];
const side: fc.Arbitrary<SlotView> = fc
  .tuple(
    fc.array(
      fc
        .record({
          id: fc.constantFrom("ecs-svc/1", "ecs-svc/2"),
          status: fc.constantFrom("PRIMARY", "ACTIVE" as const),
          rolloutState: fc.constantFrom("IN_PROGRESS", "COMPLETED", "FAILED", null),
          desired: fc.integer({ min: 0, max: 3 }),
          running: fc.integer({ min: 0, max: 3 }),
          failedTasks: fc.integer({ min: 0, max: 2 }),
        })
        .map(deployment),
      { maxLength: 2 },
    ),
    fc.array(fc.constantFrom(...states), { maxLength: 3 }),
  )
  .map(([deployments, targets]) => slotView(deployments, targets));

const plans: fc.Arbitrary<ServicePlan> = fc
  .record({
    rollback: fc.constantFrom("auto", "ask", "never" as const),
    count: fc.integer({ min: 0, max: 3 }),
    warmSeconds: fc.integer({ min: 0, max: 60 }),
    compare: fc.constantFrom(null, { minimumRequests: 1, maxErrorPoints: 1, maxLatencyRatio: 1.5 }),
    loadBalancer: fc.constant("app/shop/1"),
    restart: fc.boolean(),
  })
  .chain((changes) =>
    fc.constantFrom(fakePlan(changes), fakeRollingPlan(changes), fakePlan({ ...changes, steps: [] })),
  );

const observations = (plan: ServicePlan): fc.Arbitrary<Observed> => {
  const peers = fc.constantFrom("none", "waiting", "ready", "failed" as const);
  const weights = percent.map((green) => ({ blue: 100 - green, green }));
  const seen = fc.record(
    {
      kind: fc.constant("seen" as const),
      peers,
      slots: fc.record({ blue: side, green: side }, { requiredKeys: [] }),
      routes: weights.map((split) => plan.routes.map(({ arn }) => ({ arn, weights: split }))),
      alarms: fc
        .constantFrom("OK", "ALARM", "MISSING" as const)
        .map((state) => [{ name: "web-5xx", state, reason: "" }]),
      checks: fc.constantFrom({ kind: "passed", names: [] }, { kind: "failed", text: "500" } as const),
      failure: fc.constant({ kind: "commit-failed", text: "no" } as const),
      crash: fc.constant({ stopped: 1, text: "exit code 1" }),
    },
    { requiredKeys: ["kind", "peers", "slots"] },
  );
  const since = fc.integer({ min: 0, max: 100 }).map((seconds) => at(seconds).toISOString());
  return fc.oneof(
    { weight: 8, arbitrary: seen },
    fc.record({ kind: fc.constant("blind" as const), since, error: fc.constant("no route"), peers }),
  );
};

const scene = plans.chain((plan) =>
  fc.record({
    plan: fc.constant(plan),
    facts,
    observed: observations(plan),
    seconds: fc.integer({ min: 0, max: 400 }),
  }),
);

/** Runs a claim about the decision in any scene. */
function claim(
  check: (action: Action, scene: { readonly plan: ServicePlan; readonly observed: Observed }) => void,
): void {
  fc.assert(
    fc.property(scene, ({ plan, facts: those, observed, seconds }) => {
      check(decide(plan, observed, journalOf(plan, those), at(seconds)), { plan, observed });
    }),
    { numRuns: 2_000 },
  );
}

const gets = (action: Extract<Action, { kind: "weigh" }>, slot: Slot): boolean => action.weights[slot] > 0;

describe("any decision about a release", function () {
  // Thousands of scenes, on a machine that may be busy.
  this.timeout(60_000);

  it("is there, is the same when asked twice, and leaves what it was made from alone", () => {
    fc.assert(
      fc.property(scene, ({ plan, facts: those, observed, seconds }) => {
        const journal = journalOf(plan, those);
        const before = JSON.stringify({ plan, observed, journal });
        const action = decide(plan, observed, journal, at(seconds));

        expect(isDeepStrictEqual(decide(plan, observed, journal, at(seconds)), action)).to.equal(true);
        expect(JSON.stringify({ plan, observed, journal })).to.equal(before);
        if (action.kind === "wait") expect(action.ms).to.be.within(0, 15_000);
        expect(describeStand(plan, observed, journal, action, at(seconds)).note).to.be.a("string");
        expect(needsOf(plan, journal).crash).to.be.a("boolean");
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives no share to a side that cannot serve, where the other one can", () => {
    claim((action, { plan, observed }) => {
      if (action.kind !== "weigh" || observed.kind !== "seen") return;
      for (const slot of slots) {
        const other = slot === "blue" ? "green" : "blue";
        if (!gets(action, slot) || !canServe(plan, observed, other)) continue;
        expect(canServe(plan, observed, slot), `gives ${slot} a share`).to.equal(true);
      }
    });
  });

  it("gives shares that add up to 100", () => {
    claim((action) => {
      if (action.kind === "weigh") expect(action.weights.blue + action.weights.green).to.equal(100);
    });
  });

  it("takes no tasks away from a slot that gets requests", () => {
    claim((action, { observed }) => {
      if (action.kind !== "scale" || action.count > 0 || observed.kind !== "seen") return;
      expect(hasWeight(observed, action.slot)).to.equal(false);
    });
  });

  it("gives the old side everything first once it has turned back", () => {
    fc.assert(
      fc.property(scene, ({ plan, facts: those, observed, seconds }) => {
        const turned = [...those.filter(({ kind }) => kind !== "kept-new"), { kind: "turned-back", cause } as const];
        const action = decide(plan, observed, journalOf(plan, turned), at(seconds));
        if (action.kind === "weigh") expect(action.weights).to.deep.equal({ blue: 100, green: 0 });
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves a service alone whose own controller shifts", () => {
    const plan = fakePlan({ mode: "ecs" });
    fc.assert(
      fc.property(facts, observations(plan), (those, observed) => {
        expect(decide(plan, observed, journalOf(plan, those), at(0))).to.deep.equal({ kind: "stop" });
      }),
    );
  });
});
