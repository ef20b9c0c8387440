import { expect } from "chai";
import fc from "fast-check";
import type { Journal } from "../../../automation/model/release/journal";
import { endedWithin, releaseFigures } from "../../../automation/release/figures";
import { aJournal, aPlan, badFacts, goodFacts, type TimedFact } from "../../_helpers/a-journal";

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const request = (command: Journal["request"]["command"]): Journal["request"] => ({ ...aJournal().request, command });
const content = (version: string, pushedAt?: string) => ({
  slot: "green" as const,
  images: { web: `registry/web@${version}` },
  version,
  ...(pushedAt === undefined ? {} : { pushedAt }),
});
const change = (facts: readonly TimedFact[], on = 1, version = "v2", pushedAt?: string): Journal =>
  aJournal({
    facts,
    startedAt: day(on),
    release: `r${on}`,
    plan: aPlan({ to: content(version, pushedAt), from: content("v1") }),
  });
const rollback = (on: number, left: string, facts = goodFacts): Journal =>
  aJournal({
    facts,
    startedAt: day(on),
    release: `b${on}`,
    request: request("rollback"),
    plan: aPlan({ from: content(left), to: content("v1") }),
  });
const cause = { kind: "alarm", text: "web-5xx fires" } as const;

describe("releaseFigures", () => {
  it("knows nothing of nothing", () => {
    expect(releaseFigures([], 30)).to.deep.equal({
      deployments: 0,
      deploymentsPerDay: 0,
      changes: 0,
      failures: 0,
      changeFailureRate: null,
      leadTimeMs: { median: null, known: 0 },
      timeToRestoreMs: { median: null, known: 0 },
    });
  });

  it("counts what went live, how often, and how long that took from the registry on", () => {
    // All traffic 92 s after the begin of each.
    const journals = [
      change(goodFacts, 2, "v2", "2026-01-01T23:59:50.000Z"),
      change(goodFacts, 3, "v3", "2026-01-02T23:59:00.000Z"),
      change(goodFacts, 4, "v4"),
    ];
    const { deployments, deploymentsPerDay, changeFailureRate, leadTimeMs } = releaseFigures(journals, 30);
    expect([deployments, deploymentsPerDay, changeFailureRate, leadTimeMs]).to.deep.equal([
      3,
      0.1,
      0,
      { median: (102_000 + 152_000) / 2, known: 2 },
    ]);
  });

  it("counts as failed what went back, was left or got stuck, and tells how long the way back took", () => {
    const journals = [
      change(goodFacts, 1),
      change(badFacts, 2),
      change([...badFacts.slice(0, 7), [51, { kind: "left-as-is", cause }]], 3),
      change([...badFacts.slice(0, 8), [90, { kind: "closed", outcome: "stuck", cause }]], 4),
    ];
    const { changes, failures, changeFailureRate, timeToRestoreMs } = releaseFigures(journals, 30);
    expect([changes, failures, changeFailureRate, timeToRestoreMs]).to.deep.equal([
      4,
      3,
      0.75,
      { median: 2_000, known: 1 },
    ]);
  });

  it("counts as failed what a rollback took back afterwards, once", () => {
    const journals = [change(goodFacts, 1), change(goodFacts, 2, "v3"), rollback(3, "v3"), rollback(4, "v3")];
    const { changes, failures, timeToRestoreMs } = releaseFigures(journals, 30);
    expect([changes, failures, timeToRestoreMs]).to.deep.equal([2, 1, { median: 92_000, known: 1 }]);
  });

  for (const [what, other] of [
    ["a rollback of another version", rollback(3, "v9")],
    ["a rollback that went wrong itself", rollback(3, "v2", badFacts)],
    ["a rollback before it", rollback(0, "v2")],
    ["a restart", { ...rollback(3, "v2"), request: request("restart") }],
    ["a release that is under way", change(goodFacts.slice(0, 5), 3)],
  ] as const) {
    it(`does not count ${what}`, () => {
      const { changes, failures } = releaseFigures([change(goodFacts, 1), other], 30);
      expect([changes, failures]).to.deep.equal([1, 0]);
    });
  }

  it("takes the healthy tasks of a rolling release for live, and its end for restored", () => {
    const rolling = (facts: readonly TimedFact[]) =>
      aJournal({
        facts,
        plan: aPlan({ mode: "rolling", routes: [], to: content("v2", "2025-12-31T23:59:00.000Z") }),
      });
    const verified: TimedFact = [40, { kind: "verified", by: "tasks" }];
    const good = rolling([[0, { kind: "started" }], verified, [100, { kind: "closed", outcome: "done" }]]);
    const bad = rolling([
      [0, { kind: "started" }],
      [30, { kind: "turned-back", cause }],
      [75, { kind: "closed", outcome: "rolled-back" }],
    ]);
    const { leadTimeMs, timeToRestoreMs } = releaseFigures([good, bad], 30);
    expect([leadTimeMs.median, timeToRestoreMs.median]).to.deep.equal([100_000, 45_000]);
  });

  const anyJournal = fc
    .record({
      on: fc.integer({ min: 1, max: 28 }),
      version: fc.constantFrom("v2", "v3"),
      kind: fc.constantFrom("good", "bad", "open", "back"),
      /** Seconds until all traffic was shifted. */
      slow: fc.integer({ min: 0, max: 50 }),
      service: fc.constantFrom("web", "api"),
      id: fc.uuid(),
    })
    .map(({ on, version, kind, service, id, slow }): Journal => {
      const slowFacts = goodFacts.map(([at, fact]): TimedFact => [fact.kind === "shifted" ? at + slow : at, fact]);
      const made =
        kind === "back"
          ? rollback(on, version, slowFacts)
          : change({ good: goodFacts, bad: badFacts, open: goodFacts.slice(0, 4) }[kind], on, version, day(0));
      return { ...made, id, plan: { ...made.plan, service } };
    });
  const anyJournals = fc.array(anyJournal, { maxLength: 25 });

  it("gives a rate between 0 and 1, and times that are not negative, whatever was released", () => {
    fc.assert(
      fc.property(anyJournals, (journals) => {
        const figures = releaseFigures(journals, 30);
        const { changeFailureRate: rate, changes, deployments, failures } = figures;
        expect(rate === null ? changes === 0 : rate >= 0 && rate <= 1).to.equal(true);
        expect(failures <= changes && deployments <= changes).to.equal(true);
        for (const { median } of [figures.leadTimeMs, figures.timeToRestoreMs])
          expect(median === null || median >= 0).to.equal(true);
      }),
    );
  });

  it("does not depend on the order of the records", () => {
    fc.assert(
      fc.property(
        anyJournals.chain((journals) =>
          fc.tuple(fc.constant(journals), fc.shuffledSubarray(journals, { minLength: journals.length })),
        ),
        ([journals, shuffled]) => {
          expect(releaseFigures(shuffled, 30)).to.deep.equal(releaseFigures(journals, 30));
        },
      ),
    );
  });

  it("comes to the sum of what it comes to for each service", () => {
    fc.assert(
      fc.property(anyJournals, (journals) => {
        const of = (service: string) =>
          releaseFigures(
            journals.filter(({ plan }) => plan.service === service),
            30,
          );
        const [all, web, api] = [releaseFigures(journals, 30), of("web"), of("api")];
        for (const figure of ["deployments", "changes", "failures"] as const)
          expect(all[figure]).to.equal(web[figure] + api[figure]);
      }),
    );
  });
});

describe("endedWithin", () => {
  it("takes what ended lately, and what began lately and is open", () => {
    const [old, late, open] = [change(goodFacts, 1), change(goodFacts, 10), change(goodFacts.slice(0, 3), 10)];
    expect(endedWithin([old, late, open], 5, new Date(day(14)))).to.deep.equal([late, open]);
  });
});
