import { expect } from "chai";
import type { Action } from "../../../../automation/model/release/action";
import { decide } from "../../../../automation/model/release/decide";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { Observed } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { fakePlan } from "../../../_fakes/fake-plan";
import { at, blind, deployment, goneSide, journalOf, oldSide, seen, slotView } from "./scenes";

const plan = fakePlan();
const started: JournalFact = { kind: "started" };
const provisioned: JournalFact = { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" };
const upTo = {
  provision: [started],
  scale: [started, { kind: "provisioning" }, provisioned],
  await: [started, { kind: "provisioning" }, provisioned, { kind: "scaled", count: 2 }],
} as const satisfies Record<string, readonly JournalFact[]>;

const back = (kind: string, text: string): Action =>
  ({ kind: "note", fact: { kind: "turned-back", cause: { kind, text } } }) as Action;
const scale: Action = { kind: "scale", slot: "green", count: 2, then: { kind: "scaled", count: 2 } };
const wait = (ms: number, why: string): Action => ({ kind: "wait", ms, why });
const green = (view: Parameters<typeof slotView>[0], targets?: Parameters<typeof slotView>[1]) =>
  seen(plan, 0, { slots: { blue: oldSide, green: slotView(view, targets) } });
const check = { name: "/health", url: "http://idle/", headers: {}, status: 200, json: {} };
const checked = fakePlan({ idleChecks: [check] });

type Row = readonly [
  name: string,
  facts: readonly JournalFact[],
  observed: Observed,
  seconds: number,
  action: Action,
  plan?: ServicePlan,
];

const rows: readonly Row[] = [
  ["puts the new images in place first", upTo.provision, seen(plan, 0), 0, { kind: "provision" }],
  [
    "does so again when nobody knows what came of it",
    [started, { kind: "provisioning" }],
    seen(plan, 0),
    9,
    { kind: "provision" },
  ],
  [
    "turns back when the engine could not",
    [started, { kind: "provisioning" }],
    seen(plan, 0, { failure: { kind: "provision-failed", text: "no" } }),
    9,
    back("provision-failed", "no"),
  ],
  [
    "waits while AWS does not answer",
    upTo.provision,
    blind(0),
    10,
    wait(5_000, "AWS does not answer: no route to AWS"),
  ],
  [
    "turns back when AWS does not answer until the deadline",
    upTo.provision,
    blind(0),
    300,
    back("blind", "AWS could not be asked since 2026-11-21T10:00:00.000Z: no route to AWS"),
  ],
  ["wants as many tasks as the live side has", upTo.scale, seen(plan, 0), 1, scale],
  [
    "wants one task where the live side has none",
    upTo.scale,
    seen(plan, 0),
    1,
    { kind: "scale", slot: "green", count: 1, then: { kind: "scaled", count: 1 } },
    fakePlan({ count: 0 }),
  ],
  [
    "looks every 15 s in the first minute",
    upTo.await,
    green([deployment({ running: 1 })], ["initial"]),
    59,
    wait(15_000, "1 of 2 tasks run, 0 of 1 targets healthy (initial)"),
  ],
  [
    "looks every 5 s after it",
    upTo.await,
    green([deployment({ running: 1 })], ["initial"]),
    60,
    wait(5_000, "1 of 2 tasks run, 0 of 1 targets healthy (initial)"),
  ],
  [
    "does not sleep past the deadline",
    upTo.await,
    green([deployment({ running: 1 })], ["initial"]),
    298,
    wait(2_000, "1 of 2 tasks run, 0 of 1 targets healthy (initial)"),
  ],
  [
    "gives up at the deadline, and says what was missing",
    upTo.await,
    green([deployment()], ["healthy", "unhealthy"]),
    300,
    back("deadline", "Not healthy within 300 s: 2 of 2 tasks run, 1 of 2 targets healthy (unhealthy: Target.Timeout)"),
  ],
  [
    "believes in tasks and targets that are all there",
    upTo.await,
    seen(plan, 0),
    40,
    { kind: "note", fact: { kind: "verified", by: "targets" } },
  ],
  [
    "does not count targets that are leaving",
    upTo.await,
    green([deployment()], ["healthy", "draining", "draining"]),
    90,
    wait(5_000, "2 of 2 tasks run, 1 of 1 targets healthy"),
  ],
  [
    "does not mind targets that are leaving",
    upTo.await,
    green([deployment()], ["healthy", "healthy", "draining"]),
    90,
    { kind: "note", fact: { kind: "verified", by: "targets" } },
  ],
  [
    "wants at least one target",
    upTo.await,
    green([deployment()], []),
    90,
    wait(5_000, "2 of 2 tasks run, 0 of 0 targets healthy"),
  ],
  [
    "wants the deployment to be through, and looks more often when only the end of old tasks is missing",
    upTo.await,
    green([deployment({ rolloutState: "IN_PROGRESS" })]),
    40,
    wait(4_000, "2 of 2 tasks run, 2 of 2 targets healthy"),
  ],
  ["checks before the first request comes", upTo.await, seen(plan, 0), 40, { kind: "check", side: "idle" }, checked],
  [
    "believes the checks",
    upTo.await,
    seen(plan, 0, { checks: { kind: "passed", names: ["/health"] } }),
    40,
    { kind: "note", fact: { kind: "verified", by: "checks" } },
    checked,
  ],
  [
    "turns back when a check fails",
    upTo.await,
    seen(plan, 0, { checks: { kind: "failed", text: "500" } }),
    40,
    back("check-failed", "500"),
    checked,
  ],
  [
    "turns back when ECS gave up on the idle slot",
    upTo.await,
    green([deployment({ rolloutState: "FAILED", rolloutStateReason: "tasks failed to start" })]),
    40,
    back("provision-failed", "ECS gave up on deployment ecs-svc/2: tasks failed to start"),
  ],
  [
    "knows its deployment by the id, not by the task definition",
    upTo.await,
    green([deployment({ id: "ecs-svc/3" })]),
    40,
    back("changed-elsewhere", "web-green has deployment ecs-svc/3 of web:2, which this release did not start"),
  ],
  [
    "forgives one task that stops",
    upTo.await,
    green([deployment({ running: 1, failedTasks: 1 })], ["healthy"]),
    90,
    wait(5_000, "1 of 2 tasks run, 1 of 1 targets healthy"),
  ],
  [
    "fails fast when tasks stop again and again",
    upTo.await,
    { ...green([deployment({ failedTasks: 2 })]), crash: { stopped: 2, text: "exit code 1" } },
    40,
    back("crash-loop", "exit code 1"),
  ],
  [
    "fails fast by the tasks that were looked at, too",
    upTo.await,
    { ...green([deployment()]), crash: { stopped: 2, text: "exit code 1" } },
    40,
    back("crash-loop", "exit code 1"),
  ],
  [
    "notices that somebody took the tasks away",
    upTo.await,
    seen(plan, 0, { slots: { blue: oldSide, green: goneSide } }),
    40,
    back("changed-elsewhere", "web-green has deployment ecs-svc/1 of web:2, which this release did not start"),
  ],
  [
    "notices that fewer tasks are wanted",
    upTo.await,
    green([deployment({ desired: 1, running: 1 })], ["healthy"]),
    40,
    back("changed-elsewhere", "1 tasks are wanted in slot green, and it takes 2"),
  ],
  [
    "gives ECS a moment to show the new number of tasks",
    upTo.await,
    green([deployment({ desired: 0, running: 0 })], []),
    20,
    wait(15_000, "0 of 0 tasks run, 0 of 0 targets healthy"),
  ],
  [
    "notices that the service is gone",
    upTo.await,
    seen(plan, 0, { slots: { blue: oldSide } }),
    40,
    back("changed-elsewhere", "ECS service web-green is not there"),
  ],
  [
    "does not look at alarms of the old version yet",
    upTo.await,
    seen(plan, 0, { alarms: [{ name: "web-5xx", state: "ALARM", reason: "" }] }),
    40,
    { kind: "note", fact: { kind: "verified", by: "targets" } },
  ],
  [
    "goes back when somebody wants it",
    [...upTo.await, { kind: "abort-asked", by: "ann", reason: "wrong tag" }],
    seen(plan, 0),
    40,
    back("aborted", "ann wants it back: wrong tag"),
  ],
  [
    "goes back with its peers",
    upTo.await,
    seen(plan, 0, { peers: "failed" }),
    40,
    back("peer-failed", "Another service of this release failed, and all or none of them are released"),
  ],
];

describe("a release that brings the new version up", () => {
  for (const [name, facts, observed, seconds, action, other = plan] of rows)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});
