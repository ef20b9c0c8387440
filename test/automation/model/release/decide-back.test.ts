import { expect } from "chai";
import type { Action } from "../../../../automation/model/release/action";
import type { Cause } from "../../../../automation/model/release/cause";
import { decide } from "../../../../automation/model/release/decide";
import type { JournalEntry, JournalFact } from "../../../../automation/model/release/journal";
import type { Observed } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { fakePlan, fakeRollingPlan } from "../../../_fakes/fake-plan";
import { at, blind, deployment, goneSide, journalOf, newSide, oldSide, seen, slotView, weights } from "./scenes";

const plan = fakePlan();
const cause: Cause = { kind: "alarm", text: "web-5xx fires" };
const turned: JournalFact = { kind: "turned-back", cause };
const provisioned: readonly JournalFact[] = [
  { kind: "started" },
  { kind: "provisioning" },
  { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
  { kind: "scaled", count: 2 },
];
const shifting: readonly JournalFact[] = [
  ...provisioned,
  { kind: "verified", by: "targets" },
  { kind: "shifting", step: 0, percent: 10 },
];
const restored: readonly JournalFact[] = [...shifting, turned, { kind: "weights-restored" }];
const committing: readonly JournalFact[] = [...shifting, { kind: "committing" }, turned, { kind: "weights-restored" }];
const revived: readonly JournalFact[] = [...shifting, turned, { kind: "scaled", count: 2 }];
const keptCause: Cause = {
  kind: "alarm",
  text: "web-5xx fires\nThere is no way back: slot blue has no healthy targets and did not get any within 300 s",
};
const kept: readonly JournalFact[] = [...revived, { kind: "kept-new", cause: keptCause }];

const weighBack: Action = { kind: "weigh", weights: weights(0), then: { kind: "weights-restored" } };
const weighAll: Action = { kind: "weigh", weights: weights(100), then: { kind: "shifted", step: 1, percent: 100 } };
const note = (fact: JournalFact): Action => ({ kind: "note", fact });
const wait = (ms: number, why: string): Action => ({ kind: "wait", ms, why });
const reviveBlue: Action = { kind: "scale", slot: "blue", count: 2, then: { kind: "scaled", count: 2 } };
const starting = slotView([deployment({ id: "ecs-svc/1", running: 0 })], ["initial", "initial"]);
const gone = { blue: goneSide, green: newSide };
const failedAt = (seconds: number): JournalEntry => ({
  kind: "failed",
  cause: { kind: "commit-failed", text: "no" },
  at: at(seconds).toISOString(),
});
const unable = { failure: { kind: "commit-failed", text: "no" } } as const;

type Row = readonly [string, readonly (JournalFact | JournalEntry)[], Observed, number, Action, ServicePlan?];
const rows: readonly Row[] = [
  ["gives all traffic to the old side first", [...shifting, turned], seen(plan, 10), 5, weighBack],
  [
    "does so also when a kill hides whether the new side ever got any",
    [...shifting, turned],
    seen(plan, 0),
    5,
    weighBack,
  ],
  ["does so without seeing anything", [...shifting, turned], blind(0), 5, weighBack],
  [
    "has no call to make where traffic never moved",
    [...provisioned, turned],
    seen(plan, 0),
    5,
    note({ kind: "weights-restored" }),
  ],
  ["takes traffic back that somebody else moved", [...provisioned, turned], seen(plan, 30), 5, weighBack],
  [
    "looks closer where the phase before did not look",
    [...provisioned, turned],
    { kind: "seen", peers: "none", slots: gone },
    5,
    wait(0, "looking closer"),
  ],
  [
    "starts the old side again that somebody took down, however late",
    [...shifting, turned],
    seen(plan, 10, { slots: gone }),
    301,
    reviveBlue,
  ],
  [
    "leaves the traffic where it is until the old side can take it",
    revived,
    seen(plan, 10, { slots: { blue: starting, green: newSide } }),
    5,
    wait(15_000, "waiting for the tasks of slot blue"),
  ],
  ["gives it the traffic then", revived, seen(plan, 10), 60, weighBack],
  [
    "keeps the new side when the old one does not come back",
    revived,
    seen(plan, 10, { slots: { blue: starting, green: newSide } }),
    300,
    note({ kind: "kept-new", cause: keptCause }),
  ],
  [
    "is stuck when neither side can serve",
    revived,
    seen(plan, 10, { slots: { blue: starting, green: goneSide } }),
    300,
    note({ kind: "closed", outcome: "stuck", cause: keptCause }),
  ],
  [
    "takes the new tasks down when nobody is sent to them",
    restored,
    seen(plan, 0),
    5,
    { kind: "scale", slot: "green", count: 0, then: { kind: "retired" } },
  ],
  ["does not take them down while somebody is", restored, seen(plan, 10), 5, weighBack],
  ["does not take them down while the old side is gone", restored, seen(plan, 0, { slots: gone }), 5, reviveBlue],
  ["waits where it cannot see", restored, blind(0), 5, wait(5_000, "AWS does not answer: no route to AWS")],
  [
    "writes down that they are gone already",
    restored,
    seen(plan, 0, { slots: { blue: oldSide, green: goneSide } }),
    5,
    note({ kind: "retired" }),
  ],
  [
    "makes the stack remember the old side when a commit was begun",
    committing,
    seen(plan, 0),
    5,
    { kind: "commit", live: "blue" },
  ],
  [
    "does so once",
    [...committing, { kind: "committing" }, { kind: "committed" }],
    seen(plan, 0),
    5,
    { kind: "scale", slot: "green", count: 0, then: { kind: "retired" } },
  ],
  [
    "is rolled back at the end",
    [...restored, { kind: "retired" }],
    seen(plan, 0),
    5,
    note({ kind: "closed", outcome: "rolled-back" }),
  ],
  [
    "knows no way forward",
    [...restored, { kind: "continue-asked", by: "ann" }],
    seen(plan, 0),
    5,
    { kind: "scale", slot: "green", count: 0, then: { kind: "retired" } },
  ],
  ["writes down what fails", committing, seen(plan, 0, unable), 5, note({ kind: "failed", cause: unable.failure })],
  [
    "tries again after a moment",
    [...committing, failedAt(5)],
    seen(plan, 0),
    6,
    wait(9_000, "trying again in a moment"),
  ],
  ["tries again", [...committing, failedAt(5)], seen(plan, 0), 15, { kind: "commit", live: "blue" }],
  [
    "stops after three tries",
    [...committing, failedAt(5), failedAt(15), failedAt(25)],
    seen(plan, 0),
    35,
    { kind: "stop" },
  ],
  [
    "goes on when somebody wants it to",
    [...committing, failedAt(5), failedAt(15), failedAt(25), { kind: "continue-asked", by: "ann" }],
    seen(plan, 0),
    35,
    { kind: "commit", live: "blue" },
  ],
  ["gives everything to the new side that is kept", kept, seen(plan, 10, { slots: gone }), 301, weighAll],
  [
    "commits the new side that is kept",
    [...kept, { kind: "shifted", step: 1, percent: 100 }],
    seen(plan, 100, { slots: gone }),
    301,
    { kind: "commit", live: "green" },
  ],
  [
    "says that it is stuck with it",
    [...kept, { kind: "shifted", step: 1, percent: 100 }, { kind: "committed" }, { kind: "retired" }],
    seen(plan, 100, { slots: gone }),
    301,
    note({ kind: "closed", outcome: "stuck", cause: keptCause }),
  ],
];

const rolling = fakeRollingPlan();
const one = (view: Parameters<typeof slotView>[0]): Observed => seen(rolling, 0, { slots: { blue: slotView(view) } });
const begun: readonly JournalFact[] = [{ kind: "started" }, { kind: "provisioning" }, turned];
const back: readonly JournalFact[] = [...begun, { kind: "restoring" }, { kind: "restored", deploymentId: "ecs-svc/2" }];
const rollingRows: readonly Row[] = [
  [
    "has nothing to restore before anything began",
    [{ kind: "started" }, turned],
    one([deployment()]),
    5,
    note({ kind: "closed", outcome: "rolled-back" }),
  ],
  ["puts the old images in place again", begun, one([deployment()]), 5, { kind: "restore" }],
  [
    "does so again when nobody knows what came of it",
    [...begun, { kind: "restoring" }],
    one([deployment()]),
    5,
    { kind: "restore" },
  ],
  [
    "waits for their deployment",
    back,
    one([deployment({ rolloutState: "IN_PROGRESS", running: 1 })]),
    5,
    wait(15_000, "1 of 2 tasks run"),
  ],
  ["is rolled back when it is through", back, one([deployment()]), 5, note({ kind: "closed", outcome: "rolled-back" })],
  [
    "replaces a deployment that somebody else started",
    back,
    one([deployment({ id: "ecs-svc/3" })]),
    5,
    { kind: "restore" },
  ],
  ["starts tasks again that somebody took away", back, one([deployment({ desired: 0, running: 0 })]), 5, reviveBlue],
  [
    "is stuck when ECS gives up on the old version, too",
    back,
    one([deployment({ rolloutState: "FAILED", rolloutStateReason: "no capacity" })]),
    5,
    note({
      kind: "closed",
      outcome: "stuck",
      cause: { kind: "alarm", text: "web-5xx fires\nThere is no way back: ECS gave up on it: no capacity" },
    }),
  ],
];

describe("the way back of a release", () => {
  for (const [name, facts, observed, seconds, action, other = plan] of rows)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});

describe("the way back of a rolling release", () => {
  for (const [name, facts, observed, seconds, action, other = rolling] of rollingRows)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});
