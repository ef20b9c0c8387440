import { expect } from "chai";
import type { Action } from "../../../../automation/model/release/action";
import { decide } from "../../../../automation/model/release/decide";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { Observed } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { fakePlan, fakeRollingPlan } from "../../../_fakes/fake-plan";
import { at, deployment, journalOf, seen, slotView } from "./scenes";

const rolling = fakeRollingPlan({ from: { ...fakePlan().from, taskDefinition: "web:1" } });
const check = { name: "/health", url: "http://live/", headers: {}, status: 200, json: {} };
const started: JournalFact = { kind: "started" };
const provisioned: readonly JournalFact[] = [
  started,
  { kind: "provisioning" },
  { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
];
const verified: readonly JournalFact[] = [...provisioned, { kind: "verified", by: "targets" }];
const passed: readonly JournalFact[] = [...verified, { kind: "passed", step: 0 }];
const ready: readonly JournalFact[] = [...passed, { kind: "ready" }];
const committed: readonly JournalFact[] = [...ready, { kind: "committing" }, { kind: "committed" }];

const note = (fact: JournalFact): Action => ({ kind: "note", fact });
const back = (kind: string, text: string): Action =>
  note({ kind: "turned-back", cause: { kind, text } } as JournalFact);
const wait = (ms: number, why: string): Action => ({ kind: "wait", ms, why });
const one = (view: Parameters<typeof slotView>[0]): Observed => seen(rolling, 0, { slots: { blue: slotView(view) } });
const there = one([deployment()]);
const old = deployment({ id: "ecs-svc/3", taskDefinition: "web:1" });
const firing: Observed = seen(rolling, 0, {
  slots: { blue: slotView([deployment()]) },
  alarms: [{ name: "web-5xx", state: "ALARM", reason: "9 errors" }],
});

type Row = readonly [string, readonly JournalFact[], Observed, number, Action, ServicePlan?];
const rows: readonly Row[] = [
  ["puts the new images in place", [started], there, 0, { kind: "provision" }],
  [
    "starts the tasks anew for a restart",
    [started],
    there,
    0,
    { kind: "force-deployment", slot: "blue" },
    fakeRollingPlan({ restart: true }),
  ],
  [
    "waits for its deployment without touching the number of tasks",
    provisioned,
    one([deployment({ running: 1 })]),
    5,
    wait(15_000, "1 of 2 tasks run, 2 of 2 targets healthy"),
  ],
  [
    "sees that ECS runs the old version again",
    provisioned,
    one([old]),
    40,
    back("ecs-rolled-back", "ECS gave up on deployment ecs-svc/2: it runs the old version"),
  ],
  [
    "sees that ECS gave up before the old version runs",
    provisioned,
    one([deployment({ rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" })]),
    40,
    back("ecs-rolled-back", "ECS gave up on deployment ecs-svc/2: tasks failed to start"),
  ],
  [
    "sees that what the engine left is the old version already",
    [started, { kind: "provisioned", deploymentId: "ecs-svc/3", taskDefinition: "web:1" }],
    one([old]),
    40,
    back("ecs-rolled-back", "ECS gave up on deployment ecs-svc/3: it runs the old version"),
  ],
  [
    "does not take a restart, which runs what ran before, for that",
    [started, { kind: "provisioned", deploymentId: "ecs-svc/3", taskDefinition: "web:1" }],
    one([old]),
    40,
    note({ kind: "verified", by: "targets" }),
    { ...rolling, restart: true },
  ],
  [
    "notices that somebody took all tasks away",
    provisioned,
    one([deployment({ desired: 0, running: 0 })]),
    40,
    back("changed-elsewhere", "0 tasks are wanted in slot blue, and it takes 1"),
  ],
  ["judges alarms as soon as tasks are replaced", provisioned, firing, 40, back("alarm", "web-5xx: 9 errors")],
  [
    "checks where everybody comes in",
    provisioned,
    there,
    40,
    { kind: "check", side: "live" },
    { ...rolling, liveChecks: [check] },
  ],
  ["is watched then", verified, there, 28, wait(2_000, `watching until ${at(30).toISOString()}`)],
  ["goes back when an alarm fires", verified, firing, 5, back("alarm", "web-5xx: 9 errors")],
  ["passes", verified, there, 30, note({ kind: "passed", step: 0 })],
  ["needs no other proof", passed, there, 30, note({ kind: "ready" })],
  ["commits", ready, there, 30, { kind: "commit", live: "blue" }],
  ["is done with the commit", committed, there, 30, note({ kind: "closed", outcome: "done" })],
  [
    "does not go back any more",
    [...committed, { kind: "abort-asked", by: "ann" }],
    firing,
    30,
    note({ kind: "closed", outcome: "done" }),
  ],
];

describe("a rolling release", () => {
  for (const [name, facts, observed, seconds, action, plan = rolling] of rows)
    it(name, () => {
      expect(decide(plan, observed, journalOf(plan, facts), at(seconds))).to.deep.equal(action);
    });
});
