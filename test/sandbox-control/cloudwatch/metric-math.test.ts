import { expect } from "chai";
import fc from "fast-check";
import { parseExpression, SyntaxFault } from "../../../sandbox/cloudwatch/math/syntax";
import { MathFault, type Value } from "../../../sandbox/cloudwatch/math/value";
import { type Query, queryValues } from "../../../sandbox/cloudwatch/query";

/** Points at the times 0, 1, 2, ...; undefined is missing. */
type Written = readonly (number | undefined)[];

const metrics: Readonly<Record<string, Written>> = {
  errors: [1, undefined, 3, undefined],
  requests: [10, 20, 0, undefined],
  idle: [undefined, undefined, undefined, undefined],
};

/** The expression over the metrics above: a number, or points as they are written above. */
function result(expression: string, given: Readonly<Record<string, Written>> = metrics): unknown {
  const source = (id: string): Query["source"] => ({
    kind: "metric",
    metric: { namespace: "N", name: id, dimensions: {} },
    stat: "Sum",
    period: 60,
  });
  const queries: Query[] = [
    ...Object.keys(given).map((id) => ({ id, isReturned: false, source: source(id) })),
    { id: "e", isReturned: true, source: { kind: "expression", text: expression } },
  ];
  const fetch = ({ metric }: Query["source"] & { kind: "metric" }) =>
    new Map((given[metric.name] ?? []).flatMap((value, at) => (value === undefined ? [] : [[at, value] as const])));
  return shown(queryValues(queries, fetch, [0, 1, 2, 3])("e"));
}

function shown(value: Value): unknown {
  if (value.kind === "scalar" || value.kind === "text") return value.value;
  if (value.kind === "array") return value.members.map(({ points }) => [0, 1, 2, 3].map((at) => points.get(at)));
  return [0, 1, 2, 3].map((at) => value.points.get(at));
}

const _ = undefined;

/** Expression, what it gives, and why that is worth a row. */
const table: readonly (readonly [expression: string, result: unknown, why: string])[] = [
  ["100 * errors / requests", [10, 0, _, _], "a missing side is 0, a division by zero drops the point"],
  ["errors + requests", [11, 20, 3, _], "where both are missing there is no point"],
  ["errors - 5", [-4, _, -2, _], "a number does not make points"],
  ["-errors ^ 2", [1, _, 9, _], "the sign belongs to the operand"],
  ["2 + 3 * 4 ^ 2", 50, "the usual precedence"],
  ["(2 + 3) * 4", 20, "brackets"],
  ["10 - 4 - 3", 3, "from left to right"],
  ["errors > 1", [0, _, 1, _], "comparisons give 1 and 0"],
  ["errors > 1 OR requests == 20", [0, 1, 1, _], "words"],
  ["errors > 1 || requests == 20", [0, 1, 1, _], "signs"],
  ["errors >= 1 AND requests >= 1", [1, 0, 0, _], "a missing side is 0 here, too"],
  ["IF(requests > 5, errors, 100)", [1, 0, 100, _], "a chosen value that is missing is 0"],
  ["IF(requests > 15, requests)", [_, 20, _, _], "nothing else is no point"],
  ["IF(1, errors, requests)", [1, _, 3, _], "a number chooses a whole series"],
  ["FILL(errors, 0)", [1, 0, 3, 0], "gaps become a number"],
  ["FILL(errors, REPEAT)", [1, 1, 3, 3], "gaps become what was before"],
  ["FILL(errors, LINEAR)", [1, 2, 3, _], "gaps become what lies between"],
  ["FILL(errors, requests)", [1, 20, 3, _], "gaps become another series"],
  ["SUM([errors, requests])", [11, 20, 3, _], "an array becomes one series"],
  ["AVG([errors, requests])", [5.5, 10, 1.5, _], "AVG counts missing values as 0"],
  ["MIN([errors, requests])", [1, 20, 0, _], "MIN leaves them out"],
  ["MAX(METRICS())", [10, 20, 3, _], "all metrics of the request"],
  ['SUM(METRICS("err"))', [1, _, 3, _], "metrics by a part of their id"],
  ["SUM(errors)", 4, "one series becomes a number"],
  ["STDDEV([errors, requests])", [4.5, 0, 1.5, _], "the population's"],
  ["errors / PERIOD(errors)", [1 / 60, _, 3 / 60, _], "the period in seconds"],
  ["ABS(errors - 2)", [1, _, 1, _], "number functions work on each point"],
  ["CEIL(errors / 2)", [1, _, 2, _], "CEIL"],
  ["DIFF(requests)", [_, 10, -20, _], "the first point has no difference"],
  ["TIME_SERIES(7)", [7, 7, 7, 7], "a number in every period"],
  ["RUNNING_SUM(requests)", [10, 30, 30, _], "RUNNING_SUM"],
  ["idle + 1", [_, _, _, _], "nothing comes of nothing"],
];

describe("metric math", () => {
  for (const [expression, expected, why] of table) {
    it(`${expression}: ${why}`, () => {
      expect(result(expression)).to.deep.equal(expected);
    });
  }

  it("refuses what makes no sense", () => {
    const wrong = [
      "nobody + 1",
      "e + 1",
      "SEARCH('x')",
      "FILL(errors, SIDEWAYS)",
      "PERIOD(4)",
      "IF(errors)",
      "METRICS(1)",
    ];

    for (const expression of wrong) expect(() => result(expression), expression).to.throw(MathFault);
  });

  it("refuses what cannot be read", () => {
    const wrong = ["", "1 +", "(1", "SUM(errors", "a b", "1 ; 2", "[a, ", "a ? b", "(".repeat(2000)];

    for (const expression of wrong) expect(() => parseExpression(expression), expression).to.throw(SyntaxFault);
  });

  it("reads anything or throws a SyntaxFault, and never anything else", () => {
    const part = fc.constantFrom(
      "a",
      "1",
      ".5",
      "+",
      "-",
      "*",
      "(",
      ")",
      "[",
      "]",
      ",",
      "IF",
      "AND",
      "&&",
      "'",
      '"',
      " ",
      "^",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        try {
          parseExpression(parts.join(""));
        } catch (error) {
          expect(error).to.be.instanceOf(SyntaxFault);
        }
      }),
    );
  });

  it("calculates like JavaScript where nothing is missing", () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(result("100 * (a + b) / b - a", { a, b })).to.deep.equal(
          a.map((value, index) => (100 * (value + (b[index] ?? 0))) / (b[index] ?? 0) - value),
        );
      }),
    );
  });
});
