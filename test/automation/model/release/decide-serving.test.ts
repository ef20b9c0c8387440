import { expect } from "chai";
import type { Action } from "../../../../automation/model/release/action";
import { decide } from "../../../../automation/model/release/decide";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { ComparisonView, Observed } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { fakePlan } from "../../../_fakes/fake-plan";
import { at, blind, deployment, goneSide, journalOf, newSide, oldSide, seen, slotView, upTo, weights } from "./scenes";

const plan = fakePlan();

const weigh = (green: number, step: number): Action => ({
  kind: "weigh",
  weights: weights(green),
  then: { kind: "shifted", step, percent: green },
});
const note = (fact: JournalFact): Action => ({ kind: "note", fact });
const back = (kind: string, text: string): Action =>
  note({ kind: "turned-back", cause: { kind, text } } as JournalFact);
const wait = (ms: number, why: string): Action => ({ kind: "wait", ms, why });
const firing = { alarms: [{ name: "web-5xx", state: "ALARM", reason: "9 errors" }] } as const;
const route = plan.routes[0]?.arn ?? "";
const compare = { minimumRequests: 100, maxErrorPoints: 1, maxLatencyRatio: 1.5 };
const compared = fakePlan({ compare, loadBalancer: "app/shop/1" });
const figures = (requests: number, errors: number): ComparisonView => ({
  fresh: { requests, errors, latencyP95: 0.1 },
  old: { requests: 900, errors: 0, latencyP95: 0.1 },
});
const few = "20 requests to the new version and 900 to the old one; 100 of each are needed";
const watching = (seconds: number): string => `watching until ${at(seconds).toISOString()}`;
const gone = { blue: goneSide, green: newSide };

type Row = readonly [string, readonly JournalFact[], Observed, number, Action, ServicePlan?];
const rows: readonly Row[] = [
  ["gives the first share", upTo.shift, seen(plan, 0), 1, weigh(10, 0)],
  [
    "looks closer where the phase before did not look",
    upTo.shift,
    { kind: "seen", peers: "none", slots: { blue: oldSide, green: newSide } },
    1,
    wait(0, "looking closer"),
  ],
  ["does not begin while an alarm fires", upTo.shift, seen(plan, 0, firing), 1, back("alarm", "web-5xx: 9 errors")],
  ["gives the announced share again after a kill before the call", upTo.announced, seen(plan, 0), 90, weigh(10, 0)],
  ["gives the announced share again after a kill behind the call", upTo.announced, seen(plan, 10), 90, weigh(10, 0)],
  [
    "takes a share that nobody announced for somebody else's",
    upTo.announced,
    seen(plan, 30),
    90,
    back("changed-elsewhere", `${route} has blue 70, green 30; slot green was given 10`),
  ],
  ["watches a step", upTo.bake, seen(plan, 10), 10, wait(5_000, watching(60))],
  ["does not sleep past the end of a step", upTo.bake, seen(plan, 10), 58, wait(2_000, watching(60))],
  ["passes a step when its time is over", upTo.bake, seen(plan, 10), 60, note({ kind: "passed", step: 0 })],
  ["gives the next share", upTo.next, seen(plan, 10), 60, weigh(100, 1)],
  [
    "goes past the rest of a bake that somebody wants to end",
    [...upTo.bake, { kind: "continue-asked", by: "ann" }],
    seen(plan, 10),
    5,
    note({ kind: "passed", step: 0 }),
  ],
  ["goes back at once when an alarm fires", upTo.bake, seen(plan, 10, firing), 5, back("alarm", "web-5xx: 9 errors")],
  [
    "does not take missing alarms or missing data for a fire",
    upTo.bake,
    seen(plan, 10, {
      alarms: [
        { name: "web-5xx", state: "MISSING", reason: "" },
        { name: "web-5xx", state: "INSUFFICIENT_DATA", reason: "" },
        { name: "other", state: "ALARM", reason: "" },
      ],
    }),
    10,
    wait(5_000, watching(60)),
  ],
  [
    "goes back when one target is unhealthy",
    upTo.bake,
    seen(plan, 10, { slots: { blue: oldSide, green: slotView([deployment()], ["healthy", "unhealthy"]) } }),
    5,
    back("unhealthy", "2 tasks run in slot green, 1 of 2 targets healthy (unhealthy: Target.Timeout)"),
  ],
  [
    "goes back when a target is missing",
    upTo.bake,
    seen(plan, 10, { slots: { blue: oldSide, green: slotView([deployment()], ["healthy"]) } }),
    5,
    back("unhealthy", "2 tasks run in slot green, 1 of 1 targets healthy"),
  ],
  [
    "goes back when tasks stop again and again",
    upTo.bake,
    seen(plan, 10, { crash: { stopped: 2, text: "exit code 137" } }),
    5,
    back("crash-loop", "exit code 137"),
  ],
  [
    "waits a moment for AWS to show the weights",
    upTo.bake,
    seen(plan, 0),
    9,
    wait(1_000, "waiting for AWS to show the weights"),
  ],
  [
    "goes back when somebody changed the weights",
    upTo.bake,
    seen(plan, 50),
    20,
    back("changed-elsewhere", `${route} has blue 50, green 50; slot green was given 10`),
  ],
  [
    "goes back when the route is gone",
    upTo.bake,
    seen(plan, 10, { routes: [] }),
    20,
    back("changed-elsewhere", `${route} does not split between the slots any more; slot green was given 10`),
  ],
  [
    "gives everything to the new side when the old one is gone",
    upTo.bake,
    seen(plan, 10, { slots: gone }),
    5,
    weigh(100, 1),
  ],
  [
    "does not mind the old side once nobody uses it",
    upTo.last,
    seen(plan, 100, { slots: gone }),
    5,
    wait(5_000, watching(30)),
  ],
  [
    "endures not seeing anything for a minute",
    upTo.bake,
    blind(0),
    59,
    wait(1_000, "AWS does not answer: no route to AWS"),
  ],
  [
    "goes back when it cannot see for a minute",
    upTo.bake,
    blind(0),
    60,
    back("blind", "AWS could not be asked since 2026-11-21T10:00:00.000Z: no route to AWS"),
  ],
  [
    "goes back when the new version is worse",
    upTo.bake,
    seen(plan, 10, { comparison: figures(200, 50) }),
    5,
    back("worse", "25 % of requests fail on the new version, 0 % on the old one; at most 1 points more are allowed"),
    compared,
  ],
  [
    "waits on for requests to compare",
    upTo.bake,
    seen(plan, 10, { comparison: figures(20, 20) }),
    60,
    wait(5_000, `waiting for requests to compare: ${few}`),
    compared,
  ],
  [
    "goes back when too few come",
    upTo.bake,
    seen(plan, 10, { comparison: figures(20, 20) }),
    180,
    back("too-few-requests", few),
    compared,
  ],
  [
    "passes when both sides are alike",
    upTo.bake,
    seen(plan, 10, { comparison: figures(200, 0) }),
    60,
    note({ kind: "passed", step: 0 }),
    compared,
  ],
  [
    "compares nothing when nobody uses the old side",
    upTo.last,
    seen(plan, 100),
    30,
    note({ kind: "passed", step: 1 }),
    compared,
  ],
];

describe("a release that shifts traffic", () => {
  for (const [name, facts, observed, seconds, action, other = plan] of rows)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});
