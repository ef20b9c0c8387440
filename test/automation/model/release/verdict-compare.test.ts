import { expect } from "chai";
import { compareVerdict } from "../../../../automation/model/release/verdict-compare";

const limits = { minimumRequests: 100, maxErrorPoints: 1, maxLatencyRatio: 1.5 };
const side = (requests: number, errors: number, latencyP95: number | null) => ({ requests, errors, latencyP95 });

describe("the comparison of two versions", () => {
  for (const [name, fresh, old, kind] of [
    ["proves nothing without requests", side(0, 0, null), side(0, 0, null), "too-few"],
    ["proves nothing with too few on the new side", side(99, 0, 0.1), side(900, 0, 0.1), "too-few"],
    ["proves nothing with too few on the old side", side(900, 0, 0.1), side(99, 0, 0.1), "too-few"],
    ["finds figures good that are alike", side(100, 1, 0.1), side(900, 9, 0.1), "good"],
    ["allows as many error points more as configured", side(100, 2, 0.1), side(900, 9, 0.1), "good"],
    ["finds more errors than that worse", side(1000, 21, 0.1), side(900, 9, 0.1), "worse"],
    ["forgives errors that the old version has as well", side(100, 30, 0.1), side(100, 30, 0.1), "good"],
    ["allows as slow answers as configured", side(100, 0, 0.15), side(100, 0, 0.1), "good"],
    ["finds slower answers worse", side(100, 0, 0.151), side(100, 0, 0.1), "worse"],
    ["says nothing about latency where one side has none", side(100, 0, 9), side(100, 0, null), "good"],
  ] as const)
    it(name, () => {
      expect(compareVerdict(limits, { fresh, old }).kind).to.equal(kind);
    });

  it("says what it compared", () => {
    expect(compareVerdict(limits, { fresh: side(200, 50, 0.1), old: side(800, 4, 0.1) })).to.deep.equal({
      kind: "worse",
      text: "25 % of requests fail on the new version, 0.5 % on the old one; at most 1 points more are allowed",
    });
  });
});
