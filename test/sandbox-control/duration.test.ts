import { expect } from "chai";
import { parseDuration } from "../../sandbox/duration";

describe("parseDuration", () => {
  for (const [text, ms] of [
    ["250ms", 250],
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
  ] as const) {
    it(`reads ${text}`, () => expect(parseDuration(text, "--for")).to.equal(ms));
  }

  for (const text of ["", "5", "m", "-5s", "5 s", "5w", "1e3s"]) {
    it(`refuses "${text}" and names the option`, () => {
      expect(() => parseDuration(text, "--for")).to.throw(`--for is \`${text}\`: not a duration.`);
    });
  }
});
