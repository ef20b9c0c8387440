import { expect } from "chai";
import { describeDuration } from "../../../automation/model/duration";

describe("describeDuration", () => {
  for (const [ms, text] of [
    [0, "0 ms"],
    [850, "850 ms"],
    [2_400, "2.4 s"],
    [35_000, "35 s"],
    [60_000, "1 min"],
    [192_000, "3 min 12 s"],
    [3_600_000, "1 h"],
    [3_900_000, "1 h 5 min"],
    [90_000_000, "25 h"],
  ] as const) {
    it(`tells ${ms} ms as ${text}`, () => {
      expect(describeDuration(ms)).to.equal(text);
    });
  }
});
