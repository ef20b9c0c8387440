import { expect } from "chai";
import { compareVersions, judgeVersion } from "../../../automation/adapters/engine-version";

describe("judgeVersion", () => {
  const verdicts: Readonly<Record<string, string>> = {
    "v3.259.0\n": "3.259.0",
    "3.181.0": "3.181.0",
    "v3.270.0-alpha.1+dirty": "3.270.0",
    "v3.180.9": "it is v3.180.9, and v3.181.0 or later is needed",
    "v4.0.0": "it is v4.0.0, and v3 is needed",
    "v2.99.0": "it is v2.99.0, and v3 is needed",
    "unknown\n": 'its version cannot be read from "unknown"',
    "": 'its version cannot be read from ""',
  };

  for (const [printed, expected] of Object.entries(verdicts)) {
    it(`judges ${JSON.stringify(printed)}`, () => {
      const verdict = judgeVersion(printed);
      expect(verdict.kind === "usable" ? verdict.version : verdict.reason).to.equal(expected);
    });
  }
});

describe("compareVersions", () => {
  it("compares numbers, not letters", () => {
    expect(["3.9.0", "3.10.0", "3.9.10", "3.9.9"].sort(compareVersions)).to.deep.equal([
      "3.9.0",
      "3.9.9",
      "3.9.10",
      "3.10.0",
    ]);
  });
});
