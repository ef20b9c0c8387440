import { expect } from "chai";
import type { Action } from "../../../../automation/model/release/action";
import { decide } from "../../../../automation/model/release/decide";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { Observed } from "../../../../automation/model/release/observed";
import type { ServicePlan } from "../../../../automation/model/release/plan";
import { fakePlan } from "../../../_fakes/fake-plan";
import { at, blind, deployment, goneSide, journalOf, newSide, oldSide, seen, slotView, upTo } from "./scenes";

const plan = fakePlan();

const note = (fact: JournalFact): Action => ({ kind: "note", fact });
const back = (kind: string, text: string): Action =>
  note({ kind: "turned-back", cause: { kind, text } } as JournalFact);
const wait = (ms: number, why: string): Action => ({ kind: "wait", ms, why });
const firing = { alarms: [{ name: "web-5xx", state: "ALARM", reason: "9 errors" }] } as const;
const check = { name: "/health", url: "http://live/", headers: {}, status: 200, json: {} };
const checked = fakePlan({ liveChecks: [check] });
const watching = (seconds: number): string => `watching until ${at(seconds).toISOString()}`;
const gone = { blue: goneSide, green: newSide };

type Row = readonly [string, readonly JournalFact[], Observed, number, Action, ServicePlan?];
const rows: readonly Row[] = [
  ["checks where everybody comes in", upTo.prove, seen(plan, 100), 5, { kind: "check", side: "live" }, checked],
  [
    "is ready when the checks pass",
    upTo.prove,
    seen(plan, 100, { checks: { kind: "passed", names: [] } }),
    5,
    note({ kind: "ready" }),
    checked,
  ],
  [
    "goes back when they fail",
    upTo.prove,
    seen(plan, 100, { checks: { kind: "failed", text: "500" } }),
    5,
    back("check-failed", "500"),
    checked,
  ],
  ["commits", upTo.commit, seen(plan, 100), 5, { kind: "commit", live: "green" }],
  [
    "waits for its peers before the commit",
    upTo.commit,
    seen(plan, 100, { peers: "waiting" }),
    5,
    wait(5_000, "waiting for the other services of this release"),
  ],
  ["commits with its peers", upTo.commit, seen(plan, 100, { peers: "ready" }), 5, { kind: "commit", live: "green" }],
  [
    "goes back when the commit fails",
    [...upTo.commit, { kind: "committing" }],
    seen(plan, 100, { failure: { kind: "commit-failed", text: "no" } }),
    5,
    back("commit-failed", "no"),
  ],
  [
    "keeps the old tasks for a while",
    upTo.warm,
    seen(plan, 100),
    58,
    wait(2_000, `the old tasks are kept until ${at(60).toISOString()}`),
  ],
  ["goes back while they are kept", upTo.warm, seen(plan, 100, firing), 50, back("alarm", "web-5xx: 9 errors")],
  [
    "lets the new tasks come and go with the load after the commit",
    upTo.warm,
    seen(plan, 100, {
      slots: { blue: oldSide, green: slotView([deployment({ desired: 3 })], ["healthy", "initial"]) },
    }),
    58,
    wait(2_000, `the old tasks are kept until ${at(60).toISOString()}`),
  ],
  [
    "goes back while they are kept when somebody wants it",
    [...upTo.warm, { kind: "abort-asked", by: "ann" }],
    seen(plan, 100),
    50,
    back("aborted", "ann wants it back"),
  ],
  [
    "does not go back only because it cannot see",
    upTo.warm,
    blind(0),
    300,
    wait(5_000, "AWS does not answer: no route to AWS"),
  ],
  [
    "takes the old tasks down",
    upTo.warm,
    seen(plan, 100),
    60,
    { kind: "scale", slot: "blue", count: 0, then: { kind: "retired" } },
  ],
  [
    "writes down that they are gone already",
    upTo.warm,
    seen(plan, 100, { slots: gone }),
    60,
    note({ kind: "retired" }),
  ],
  ["is done then", [...upTo.warm, { kind: "retired" }], seen(plan, 100), 61, note({ kind: "closed", outcome: "done" })],
  [
    "does not go back any more",
    [...upTo.warm, { kind: "retired" }, { kind: "abort-asked", by: "ann" }],
    seen(plan, 100),
    61,
    note({ kind: "closed", outcome: "done" }),
  ],
  [
    "does nothing with a record that is closed",
    [...upTo.warm, { kind: "retired" }, { kind: "closed", outcome: "done" }],
    seen(plan, 100),
    61,
    { kind: "stop" },
  ],
];

describe("a release that has all traffic on the new version", () => {
  for (const [name, facts, observed, seconds, action, other = plan] of rows)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});

describe("the policy of a release", () => {
  const cause = { kind: "alarm", text: "web-5xx: 9 errors" } as const;
  const asks = fakePlan({ rollback: "ask" });
  const leaves = fakePlan({ rollback: "never" });
  const left = [...upTo.bake, { kind: "left-as-is", cause } as const];
  const cases: readonly Row[] = [
    ["asks", upTo.bake, seen(plan, 10, firing), 5, { kind: "ask", cause }, asks],
    ["leaves both as they are", upTo.bake, seen(plan, 10, firing), 5, note({ kind: "left-as-is", cause }), leaves],
    ["stops then", left, seen(plan, 10, firing), 5, { kind: "stop" }, leaves],
    [
      "goes back when somebody wants it then",
      [...left, { kind: "abort-asked", by: "ann" }],
      seen(plan, 10),
      5,
      back("aborted", "ann wants it back"),
      leaves,
    ],
    [
      "goes on with the whole watch when somebody wants that",
      [...left, { kind: "continue-asked", by: "ann" }],
      seen(plan, 10),
      58,
      wait(2_000, watching(60)),
      leaves,
    ],
    [
      "leaves it again when it still fails",
      [...left, { kind: "continue-asked", by: "ann" }],
      seen(plan, 10, firing),
      5,
      note({ kind: "left-as-is", cause }),
      leaves,
    ],
    [
      "does not ask whoever wants it back",
      [...upTo.bake, { kind: "abort-asked", by: "ann" }],
      seen(plan, 10),
      5,
      back("aborted", "ann wants it back"),
      leaves,
    ],
  ];
  for (const [name, facts, observed, seconds, action, other = plan] of cases)
    it(name, () => {
      expect(decide(other, observed, journalOf(other, facts), at(seconds))).to.deep.equal(action);
    });
});
