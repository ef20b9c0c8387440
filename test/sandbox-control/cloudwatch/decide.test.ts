import { expect } from "chai";
import fc from "fast-check";
import type { TreatMissingData } from "../../../sandbox/cloudwatch/alarms/alarm";
import { breaches, decide, samplesForPercentile } from "../../../sandbox/cloudwatch/alarms/decide";

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
const [I, K] = ["INSUFFICIENT_DATA", "keep"] as const;

/** The tables of the user guide: points (0 fine, X breaching, - missing), M of N, and the state for each treatment. */
const table: readonly (readonly [points: string, m: number, ...states: string[]])[] = [
  ["0 - X - X", 3, "OK", "OK", "OK", "OK"],
  ["0 - - - -", 3, "OK", "OK", "OK", "OK"],
  ["- - - - -", 3, I, K, "ALARM", "OK"],
  ["0 X X - X", 3, "ALARM", "ALARM", "ALARM", "ALARM"],
  ["- - X - -", 3, "ALARM", K, "ALARM", "OK"],
  ["0 - X - X", 2, "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 0 X 0 X", 2, "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 - X - -", 2, "OK", "OK", "ALARM", "OK"],
  ["- - - - 0", 2, "OK", "OK", "ALARM", "OK"],
  ["- - - X -", 2, "ALARM", K, "ALARM", "OK"],
  // Not in a table: the guide says that these do not go to ALARM at once.
  ["- - - - X", 3, K, K, "ALARM", "OK"],
  ["- - - X -", 3, K, K, "ALARM", "OK"],
];

const pointsOf = (written: string): readonly (boolean | undefined)[] =>
  written.split(" ").map((point) => (point === "-" ? undefined : point === "X"));

describe("decide", () => {
  for (const [written, toAlarm, ...states] of table) {
    for (const [index, missing] of treatments.entries()) {
      it(`makes ${states[index]} of ${written}, ${toAlarm} of 3, when missing data is ${missing}`, () => {
        const state = decide({ points: pointsOf(written), periods: 3, toAlarm, missing });

        expect(state).to.equal(states[index]);
      });
    }
  }

  it("alarms for a stream that has stopped, when missing data breaches, once its last good point has left", () => {
    const after = (gaps: number) =>
      decide({
        points: [...Array<undefined>(4 - gaps), false, ...Array<undefined>(gaps)],
        periods: 3,
        toAlarm: 3,
        missing: "breaching",
      });
    const gone = decide({ points: Array<undefined>(5).fill(undefined), periods: 3, toAlarm: 3, missing: "breaching" });

    expect({ while: [0, 1, 2, 3, 4].map(after), gone }).to.deep.equal({
      while: ["OK", "OK", "OK", "OK", "OK"],
      gone: "ALARM",
    });
  });

  const anyPoints = fc.array(fc.constantFrom(true, false, undefined), { minLength: 1, maxLength: 12 });
  const anyTreatment = fc.constantFrom<TreatMissingData>(...treatments);
  const anyCase = fc
    .record({ points: anyPoints, missing: anyTreatment, n: fc.nat(), m: fc.nat() })
    .map(({ points, missing, n, m }) => {
      const periods = (n % points.length) + 1;
      return { points, missing, periods, toAlarm: (m % periods) + 1 };
    });

  it("does not care about missing data as long as there are enough points", () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        fc.pre(each.points.filter((point) => point !== undefined).length >= each.periods);
        const states = treatments.map((missing) => decide({ ...each, missing }));
        expect(new Set(states).size).to.equal(1);
      }),
    );
  });

  it("knows no third state when missing data is breaching or notBreaching", () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom<TreatMissingData>("breaching", "notBreaching"), (each, missing) => {
        expect(decide({ ...each, missing })).to.be.oneOf(["OK", "ALARM"]);
      }),
    );
  });

  it("never leaves ALARM because one more point breaches", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (each, at) => {
        const index = at % each.points.length;
        fc.pre(each.points[index] === false && decide(each) === "ALARM");
        const worse = each.points.map((point, position) => (position === index ? true : point));
        expect(decide({ ...each, points: worse })).to.equal("ALARM");
      }),
    );
  });

  it("never alarms without a breaching point unless missing ones breach", () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        fc.pre(each.missing !== "breaching" && !each.points.includes(true));
        expect(decide(each)).to.not.equal("ALARM");
      }),
    );
  });

  it("compares the value with the threshold, in this order", () => {
    const compared = Object.entries(breaches).map(([name, is]) => [name, is(1, 2), is(2, 2), is(3, 2)]);

    expect(compared).to.deep.equal([
      ["GreaterThanOrEqualToThreshold", false, true, true],
      ["GreaterThanThreshold", false, false, true],
      ["LessThanThreshold", true, false, false],
      ["LessThanOrEqualToThreshold", true, true, false],
    ]);
  });

  it("asks for 1000 samples before it believes a p99", () => {
    expect([99, 90, 50, 10].map(samplesForPercentile)).to.deep.equal([1000, 100, 20, 100]);
  });
});
