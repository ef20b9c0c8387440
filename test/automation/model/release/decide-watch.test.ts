import { expect } from "chai";
import { decideWatch, effective, type WatchFacts } from "../../../../automation/model/release/decide-watch";
import type { Journal, ReleaseOutcome, ReleaseRequest } from "../../../../automation/model/release/journal";
import type { WatchRecord } from "../../../../automation/model/release/watch";
import { aJournal } from "../../../_helpers/a-journal";

const record: WatchRecord = {
  schema: 1,
  service: "web",
  release: "r2",
  start: "2026-01-01T00:00:00.000Z",
  end: "2026-01-01T02:00:00.000Z",
  alarms: ["web-5xx"],
  point: "p1",
  state: "open",
};
const decided = (changes: Partial<WatchFacts> = {}) =>
  decideWatch({ record, alarms: [], lastRelease: "r2", now: new Date("2026-01-01T01:00:00.000Z"), ...changes });
const fires = { name: "web-5xx", state: "ALARM", reason: "12 of 100" } as const;
const after = new Date("2026-01-01T02:00:00.000Z");

describe("decideWatch", () => {
  it("waits while nothing fires, and says how long it still will", () => {
    expect(decided()).to.deep.equal({ kind: "wait", leftMs: 3_600_000 });
  });

  it("waits also while alarms have no figures, are missing, or nothing is on record", () => {
    const alarms = [
      { name: "a", state: "INSUFFICIENT_DATA", reason: "" },
      { name: "b", state: "MISSING", reason: "" },
      { name: "c", state: "OK", reason: "" },
    ] as const;
    expect(decided({ alarms, lastRelease: undefined })).to.deep.equal({ kind: "wait", leftMs: 3_600_000 });
  });

  it("is breached by what fires, with the reasons", () => {
    const other = { ...fires, name: "slow", reason: "3 s" };
    expect(decided({ alarms: [fires, { ...fires, state: "OK" }, other] })).to.deep.equal({
      kind: "breach",
      what: "web-5xx: 12 of 100\nslow: 3 s",
    });
  });

  it("is breached also by an alarm that fires when its time is just over: nobody may have looked before", () => {
    expect(decided({ alarms: [fires], now: after }).kind).to.equal("breach");
  });

  it("ends with its time", () => {
    expect([decided({ now: after }), decided({ now: new Date(after.getTime() - 1) })]).to.deep.equal([
      { kind: "end" },
      { kind: "wait", leftMs: 1 },
    ]);
  });

  it("is superseded by another release, whatever fires", () => {
    expect(decided({ alarms: [fires], lastRelease: "r3" })).to.deep.equal({ kind: "superseded" });
  });

  for (const state of ["ended", "breached", "superseded"] as const)
    it(`takes nothing back when it is ${state} already`, () => {
      expect(decided({ record: { ...record, state }, alarms: [fires] })).to.deep.equal({ kind: "end" });
    });
});

describe("effective", () => {
  const journal = (
    release: string,
    outcome: ReleaseOutcome | undefined,
    command: ReleaseRequest["command"] = "release",
  ): Journal => {
    const facts = outcome === undefined ? [] : [[0, { kind: "closed", outcome }] as const];
    const own = aJournal({ release, facts });
    return { ...own, request: { ...own.request, command } };
  };
  const found = (...journals: readonly Journal[]) => effective(journals)?.release;

  it("is the newest that ended with another version than before", () => {
    expect([
      found(journal("r3", "done"), journal("r2", "done")),
      found(journal("r3", "done", "rollback"), journal("r2", "done")),
      found(journal("r3", "stuck"), journal("r2", "done")),
      found(journal("r3", "left"), journal("r2", "done")),
    ]).to.deep.equal(["r3", "r3", "r3", "r3"]);
  });

  it("passes those that are open, went back, or started the same anew", () => {
    expect(
      found(
        journal("r5", undefined),
        journal("r4", "rolled-back"),
        journal("r3", "done", "restart"),
        journal("r2", "done"),
      ),
    ).to.equal("r2");
  });

  it("is none where nothing was released", () => {
    expect(found(journal("r1", "rolled-back"))).to.equal(undefined);
  });
});
