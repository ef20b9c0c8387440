import { expect } from "chai";
import { decide } from "../../../../automation/model/release/decide";
import { describeStand } from "../../../../automation/model/release/describe-stand";
import type { JournalFact } from "../../../../automation/model/release/journal";
import type { Observed } from "../../../../automation/model/release/observed";
import { needsOf } from "../../../../automation/model/release/needs";
import { fakePlan } from "../../../_fakes/fake-plan";
import { at, blind, journalOf, seen } from "./scenes";

const plan = fakePlan();
const up: readonly JournalFact[] = [
  { kind: "started" },
  { kind: "provisioned", deploymentId: "ecs-svc/2", taskDefinition: "web:2" },
  { kind: "scaled", count: 2 },
  { kind: "verified", by: "targets" },
];
const baking: readonly JournalFact[] = [...up, { kind: "shifted", step: 0, percent: 10 }];
const turned: JournalFact = { kind: "turned-back", cause: { kind: "alarm", text: "web-5xx fires\nand more" } };

const told = (facts: readonly JournalFact[], observed: Observed, seconds: number) => {
  const journal = journalOf(plan, facts);
  return describeStand(plan, observed, journal, decide(plan, observed, journal, at(seconds)), at(seconds));
};

describe("what is told of a release", () => {
  for (const [name, facts, observed, seconds, expected] of [
    [
      "begins",
      [{ kind: "started" }],
      seen(plan, 0),
      0,
      { phase: "provision", step: null, note: "puts v2 into slot green" },
    ],
    [
      "shifts",
      up,
      seen(plan, 0),
      5,
      { phase: "shift", step: { number: 1, of: 2, percent: 10 }, note: "gives v2 10 % of the traffic" },
    ],
    [
      "is watched",
      baking,
      seen(plan, 10),
      5,
      {
        phase: "bake",
        step: { number: 1, of: 2, percent: 10 },
        note: "watching until 2026-11-21T10:01:00.000Z",
      },
    ],
    [
      "cannot see",
      baking,
      blind(0),
      30,
      {
        phase: "bake",
        step: { number: 1, of: 2, percent: 10 },
        note: "AWS has not answered for 30 s: no route to AWS",
      },
    ],
    [
      "goes back, in one line",
      [...baking, turned],
      seen(plan, 10),
      5,
      { phase: "back", step: null, note: "gives v2 0 % of the traffic" },
    ],
  ] as const)
    it(`says how it stands when it ${name}`, () => {
      expect(told(facts, observed, seconds)).to.deep.equal(expected);
    });

  it("says that it is too late for somebody's wish", () => {
    const facts: readonly JournalFact[] = [
      ...up,
      { kind: "shifted", step: 1, percent: 100 },
      { kind: "passed", step: 1 },
      { kind: "ready" },
      { kind: "committed" },
      { kind: "retired" },
      { kind: "abort-asked", by: "ann" },
    ];
    expect(told(facts, seen(plan, 100), 5)).to.deep.equal({
      phase: "retire",
      step: null,
      note: "done; too late to go back, `slipway rollback` does",
    });
  });
});

describe("what is told of a pause of ECS", () => {
  const toldOf = (fact: JournalFact): string => {
    const action = { kind: "note", fact } as const;
    return describeStand(plan, seen(plan, 0), journalOf(plan, up), action, at(5)).note;
  };
  const paused = { kind: "paused", hookId: "ecs-pause-1", stage: "POST_TEST_TRAFFIC_SHIFT" } as const;

  it("is what ends it, and what comes when nobody does, as soon as it is there", () => {
    expect(toldOf({ ...paused, until: "2026-11-22T10:00:00.000Z", otherwise: "ROLLBACK" })).to.equal(
      "ECS waits at POST_TEST_TRAFFIC_SHIFT (ecs-pause-1) for `slipway release continue` or `abort`, " +
        "until 2026-11-22T10:00:00.000Z: then it goes back",
    );
  });

  it("says neither a stage nor an end that ECS does not name", () => {
    expect(toldOf({ ...paused, stage: "", until: null, otherwise: "CONTINUE" })).to.equal(
      "ECS waits at a pause (ecs-pause-1) for `slipway release continue` or `abort`",
    );
  });
});

describe("what a look at AWS asks for", () => {
  const compared = fakePlan({
    compare: { minimumRequests: 1, maxErrorPoints: 1, maxLatencyRatio: 2 },
    loadBalancer: "app/shop/1",
  });
  const nothing = { targets: false, routes: false, alarms: false, crash: false, comparisonSince: null };
  const everything = { targets: true, routes: true, alarms: true, crash: true, comparisonSince: null };

  it("is nothing but the services before there is anything to see", () => {
    expect(needsOf(plan, journalOf(plan, [{ kind: "started" }]))).to.deep.equal(nothing);
  });

  it("is the tasks' health while they come up", () => {
    expect(needsOf(plan, journalOf(plan, up.slice(0, 3)))).to.deep.equal({ ...nothing, targets: true, crash: true });
  });

  it("is everything while traffic moves", () => {
    expect(needsOf(plan, journalOf(plan, baking))).to.deep.equal(everything);
  });

  it("is the figures since a step began where they are compared", () => {
    const journal = journalOf(compared, [...up, { kind: "shifted", step: 0, percent: 10 }]);
    expect(needsOf(compared, journal)).to.deep.equal({ ...everything, comparisonSince: at(0).toISOString() });
  });

  it("is not the figures of the last step, which has nothing to compare with", () => {
    const journal = journalOf(compared, [
      ...baking,
      { kind: "passed", step: 0 },
      { kind: "shifted", step: 1, percent: 100 },
    ]);
    expect(needsOf(compared, journal)).to.deep.equal(everything);
  });
});
