import fc from "fast-check";
import type { Check, ServicePlan } from "../../../automation/model/release/plan";
import { fakePlan, fakeRollingPlan } from "../../_fakes/fake-plan";
import type { Fault, Faults } from "../../_fakes/fake-world-driver";
import type { Behaviour } from "../../_fakes/fake-world-ecs";
import type { Chaos } from "./chaos-run";

const behaviours: readonly Behaviour[] = [
  "good",
  "crashes",
  "crashes-later",
  "never-healthy",
  "unhealthy-later",
  "alarms",
  "fails-checks",
  "worse",
];

const check = (side: "idle" | "live"): Check => ({
  name: "/health",
  url: `http://${side}/health`,
  headers: {},
  status: 200,
  json: { version: "v2" },
});

const checks = (side: "idle" | "live") => fc.constantFrom<readonly Check[]>([], [check(side)]);

const stepsOf = (percents: readonly number[]) =>
  fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: percents.length, maxLength: percents.length })
    .map((bakes) => percents.map((percent, index) => ({ percent, bakeSeconds: bakes[index] ?? 0 })));

const shared = {
  count: fc.integer({ min: 1, max: 3 }),
  warmSeconds: fc.integer({ min: 0, max: 20 }),
  liveChecks: checks("live"),
  provisionSeconds: fc.constantFrom(60, 120),
};

const slotsPlan: fc.Arbitrary<ServicePlan> = fc
  .record({
    ...shared,
    idleChecks: checks("idle"),
    steps: fc.constantFrom([100], [10, 100], [20, 50, 100]).chain(stepsOf),
    isGreenLive: fc.boolean(),
    routes: fc.integer({ min: 1, max: 2 }),
    compare: fc.constantFrom(null, { minimumRequests: 20, maxErrorPoints: 1, maxLatencyRatio: 1.5 }),
  })
  .map(({ isGreenLive, routes, compare, ...rest }) => {
    const plan = fakePlan({ ...rest, compare, loadBalancer: compare === null ? null : "app/shop/1" });
    const [route] = plan.routes;
    if (route === undefined) throw new Error("the plan has no route");
    return {
      ...plan,
      routes: [route, { ...route, arn: `${route.arn}2` }].slice(0, routes),
      ...(isGreenLive ? { from: { ...plan.from, slot: "green" }, to: { ...plan.to, slot: "blue" } } : {}),
    };
  });

const rollingPlan: fc.Arbitrary<ServicePlan> = fc
  .record({
    ...shared,
    restart: fc.boolean(),
    steps: fc.constant([100]).chain(stepsOf),
  })
  .map(({ restart, ...rest }) => {
    const { from } = fakeRollingPlan();
    // The first that a world registers.
    const taskDefinition = "arn:aws:ecs:eu-central-1:1:task-definition/shop-blue:1";
    const plan = fakeRollingPlan({ ...rest, restart, from: { ...from, taskDefinition } });
    return restart ? { ...plan, from: { ...plan.to } } : plan;
  });

const when = fc.constantFrom("before", "after", "middle" as const);
const side = fc.constantFrom("from", "to" as const);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("kill" as const), when }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("transient" as const), when }) },
  fc.record({ kind: fc.constant("denied" as const), when: fc.constant("before" as const) }),
  fc.record({ kind: fc.constant("lost" as const), when }),
  fc.record({
    kind: fc.constant("weights" as const),
    percent: fc.constantFrom(0, 30, 100),
    routes: fc.constantFrom("one", "all" as const),
  }),
  fc.record({ kind: fc.constant("count" as const), side, count: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ kind: fc.constant("force" as const), side }),
  fc.record({ kind: fc.constant("abort" as const) }),
);

const faults: fc.Arbitrary<Faults> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 160 }), fault), { maxLength: 5 })
  .map((entries) => new Map(entries));

/** Any plan, any version, and whatever may go wrong. */
export const anyChaos: fc.Arbitrary<Chaos> = fc
  .record({
    plan: fc.oneof({ weight: 3, arbitrary: slotsPlan }, rollingPlan),
    behaviour: fc.oneof({ weight: 1, arbitrary: fc.constant<Behaviour>("good") }, fc.constantFrom(...behaviours)),
    requestsPerSecond: fc.constantFrom(0, 50),
    faults,
    gapMs: fc.constantFrom(1_000, 40_000, 300_000),
  })
  // What is restarted is what ran well before; there is no other version to go back to.
  .map((chaos) => (chaos.plan.restart ? { ...chaos, behaviour: "good" } : chaos));

/** Without anything that goes wrong besides the version itself. */
export const calm: fc.Arbitrary<Chaos> = anyChaos.map((chaos) => ({ ...chaos, faults: new Map() }));
