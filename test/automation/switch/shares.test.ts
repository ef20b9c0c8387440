import { expect } from "chai";
import { activeColour, sharesOf } from "../../../automation/switch/shares";

const of = ([blue, green]: readonly [number, number]) =>
  sharesOf([
    { setIdentifier: "blue", weight: blue, alias: null },
    { setIdentifier: "green", weight: green, alias: null },
  ]);

describe("shares of two weighted records", () => {
  for (const [weights, shares, active] of [
    [[100, 0], { blue: 100, green: 0 }, "blue"],
    [[0, 1], { blue: 0, green: 100 }, "green"],
    [[90, 10], { blue: 90, green: 10 }, undefined],
    [[255, 255], { blue: 50, green: 50 }, undefined],
    [[0, 0], { blue: 50, green: 50 }, undefined],
    [[255, 1], { blue: 99, green: 1 }, undefined],
    [[1, 255], { blue: 1, green: 99 }, undefined],
  ] as const) {
    it(`are ${JSON.stringify(shares)} for ${weights.join(" and ")}`, () => {
      const found = of(weights);
      expect([found, found && activeColour(found)]).to.deep.equal([shares, active]);
    });
  }

  it("are not known when a record is missing", () => {
    expect(sharesOf([{ setIdentifier: "blue", weight: 100, alias: null }])).to.equal(undefined);
  });
});
