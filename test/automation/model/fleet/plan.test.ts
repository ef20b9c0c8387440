import { expect } from "chai";
import { canarySize, chooseInstances } from "../../../../automation/model/fleet/plan";

const fleet = (...versions: readonly (string | null)[]) => versions.map((version, at) => ({ id: `i-${at}`, version }));
const chosen = (...args: Parameters<typeof chooseInstances>): readonly string[] =>
  chooseInstances(...args).map(({ id }) => id);

describe("canarySize", () => {
  it("rounds up, and is at least one and at most all", () => {
    const sizes = [
      [1, 10],
      [4, 10],
      [10, 10],
      [11, 10],
      [20, 10],
      [3, 100],
      [0, 10],
    ] as const;

    expect(sizes.map(([total, percent]) => canarySize(total, percent))).to.deep.equal([1, 1, 1, 2, 2, 3, 0]);
  });
});

describe("chooseInstances", () => {
  it("takes all that are on another version, by id, when it rolls", () => {
    expect(chosen(fleet("v1", "v2", "v0", null).reverse(), "v2", "rolling", 10)).to.deep.equal(["i-0", "i-2", "i-3"]);
  });

  it("takes a canary's share of all instances, those that have the version already included", () => {
    expect(chosen(fleet("v1", "v1", "v1", "v1"), "v2", "canary", 50)).to.deep.equal(["i-0", "i-1"]);
    expect(chosen(fleet("v1", "v2", "v1", "v1"), "v2", "canary", 50)).to.deep.equal(["i-0"]);
    expect(chosen(fleet("v2", "v2", "v2", "v1"), "v2", "canary", 50)).to.deep.equal([]);
  });
});
