import { expect } from "chai";
import {
  claimed,
  describeOwner,
  parseLease,
  released,
  renewed,
  standing,
  type Lease,
  type LeaseEvidence,
  type LeaseOwner,
} from "../../../automation/model/lease";

const owner: LeaseOwner = {
  id: "a1",
  user: "kim",
  host: "build-7",
  machine: "boot-1",
  pid: 4711,
  processStartedAt: "88",
  command: "up",
};
const start = Date.parse("2026-01-01T00:00:00.000Z");
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** Taken at 0 s, renewed at 15 s, so it expires at 75 s. */
const lease: Lease = {
  fence: 3,
  holding: { owner, since: at(0), renewedAt: at(15), expiresAt: at(75) },
};

const seen = (seconds: number, special: Partial<LeaseEvidence> = {}): LeaseEvidence => ({
  now: start + seconds * 1000,
  machine: "boot-2",
  isAlive: () => {
    throw new Error("a pid of another machine says nothing");
  },
  unchangedMs: 0,
  ...special,
});
const here = { machine: "boot-1" };

describe("standing of a lease", () => {
  for (const [what, evidence, expected] of [
    ["is held until it expires", seen(75), { kind: "held" }],
    ["is held as long as clocks may differ", seen(135), { kind: "held" }],
    ["has to be watched then", seen(136), { kind: "suspect", watchMs: 35_000 }],
    ["has to be watched to the end", seen(166, { unchangedMs: 34_000 }), { kind: "suspect", watchMs: 1_000 }],
    ["is expired when it was watched in vain", seen(171, { unchangedMs: 35_000 }), { kind: "expired" }],
    [
      "is held, however long it was watched, when it has not expired",
      seen(75, { unchangedMs: 60_000 }),
      { kind: "held" },
    ],
    [
      "is dead at once when its process is gone from this machine",
      seen(16, { ...here, isAlive: () => false }),
      { kind: "dead" },
    ],
    [
      "is held when its process is alive on this machine, even one that was stopped for days",
      seen(999_999, { ...here, isAlive: () => true, unchangedMs: 900_000 }),
      { kind: "held" },
    ],
  ] as const) {
    it(`${what}`, () => {
      expect(standing(lease, evidence)).to.deep.equal(expected);
    });
  }

  it("asks for the very process that took it", () => {
    const asked: LeaseOwner[] = [];
    standing(lease, seen(16, { ...here, isAlive: (one) => asked.push(one) > 0 }));
    expect(asked).to.deep.equal([owner]);
  });

  it("is free without a holder", () => {
    expect(standing({ fence: 3 }, seen(0))).to.deep.equal({ kind: "free" });
  });
});

describe("a lease", () => {
  const other = { ...owner, id: "b2", pid: 1 };

  it("is the first one's to ask, with the number 1", () => {
    expect(claimed(undefined, owner, seen(0))).to.deep.equal({
      fence: 1,
      holding: { owner, since: at(0), renewedAt: at(0), expiresAt: at(60) },
    });
  });

  it("is not somebody else's while it is held or only suspect", () => {
    expect([claimed(lease, other, seen(20)), claimed(lease, other, seen(140))]).to.deep.equal([undefined, undefined]);
  });

  it("has a higher number with each holder, also after nobody had it", () => {
    const dead = seen(200, { unchangedMs: 40_000 });
    expect(claimed(lease, other, dead)?.fence).to.equal(4);
    expect(claimed(released(lease), other, seen(20))?.fence).to.equal(4);
  });

  it("keeps its beginning and its number when it is renewed", () => {
    expect(renewed(lease, start + 30_000)).to.deep.equal({
      fence: 3,
      holding: { owner, since: at(0), renewedAt: at(30), expiresAt: at(90) },
    });
    expect(renewed({ fence: 3 }, start)).to.deep.equal({ fence: 3 });
  });

  it("comes back from text as it was", () => {
    expect([parseLease(JSON.stringify(lease)), parseLease('{"fence":9}')]).to.deep.equal([lease, { fence: 9 }]);
  });

  for (const [text, reason] of [
    ["{}", "it has no fencing number"],
    ['{"fence":-1}', "it has no fencing number"],
    ['{"fence":"3"}', "it has no fencing number"],
    ['{"fence":3,"holding":{"owner":{"id":"x"}}}', "it does not say who holds it"],
    ['{"fence":3,"holding":{}}', "it does not say who holds it"],
    [JSON.stringify({ fence: 3, holding: { ...lease.holding, expiresAt: "soon" } }), "it does not say when it expires"],
  ] as const) {
    it(`is not read from ${text.slice(0, 50)}`, () => {
      expect(() => parseLease(text)).to.throw(reason);
    });
  }

  it("is not read from what is no JSON, or no object", () => {
    for (const text of ["", "held by kim", "null"]) expect(() => parseLease(text), text).to.throw();
  });

  it("names its holder and the CI run", () => {
    expect([describeOwner(owner), describeOwner({ ...owner, ci: "https://ci/7" })]).to.deep.equal([
      "kim@build-7 (process 4711)",
      "kim@build-7 (process 4711) in https://ci/7",
    ]);
  });
});
