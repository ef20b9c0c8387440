import { expect } from "chai";
import type { Input } from "../../../sandbox/model/service-api";
import { WatchedWorld } from "./watched-world";

const lastMonth = new Date("2025-12-01T12:00:00Z");

describe("PutMetricData", () => {
  /** Data that is refused, and how. */
  const refused: readonly (readonly [what: string, input: Input, fault: RegExp])[] = [
    ["no namespace", { Namespace: undefined }, /^MissingParameter 400: The parameter Namespace is required/],
    ["AWS' namespaces", { Namespace: "AWS/ECS" }, /^InvalidParameterValue 400: The value AWS\//],
    ["no data", { MetricData: "" }, /^MissingParameter 400: /],
    [
      "no value",
      { MetricData: [{ MetricName: "a" }] },
      /^MissingParameter 400: The parameter MetricData.member.1.Value/,
    ],
    [
      "two kinds of values",
      { MetricData: [{ MetricName: "a", Value: 1, Values: [1] }] },
      /^InvalidParameterCombination 400: /,
    ],
    ["what is no number", { MetricData: [{ MetricName: "a", Value: "NaN" }] }, /^InvalidParameterValue 400: /],
    ["numbers without end", { MetricData: [{ MetricName: "a", Value: Infinity }] }, /^InvalidParameterValue 400: /],
    [
      "numbers that are too large",
      { MetricData: [{ MetricName: "a", Value: 2 ** 361 }] },
      /^InvalidParameterValue 400: /,
    ],
    ["counts that do not fit", { MetricData: [{ MetricName: "a", Values: [1], Counts: [1, 2] }] }, /same size/],
    [
      "too many values",
      { MetricData: [{ MetricName: "a", Values: Array.from({ length: 151 }, (_, i) => i) }] },
      /size greater than 150/,
    ],
    ["last month", { MetricData: [{ MetricName: "a", Value: 1, Timestamp: lastMonth }] }, /past two weeks/],
    ["an unknown unit", { MetricData: [{ MetricName: "a", Value: 1, Unit: "Miles" }] }, /^InvalidParameterValue 400: /],
    ["a list that is none", { MetricData: { MetricName: "a" } }, /^InvalidParameterValue 400: /],
  ];

  for (const [what, input, fault] of refused) {
    it(`refuses ${what}`, async () => {
      const good = { Namespace: "Shop", MetricData: [{ MetricName: "a", Value: 1 }] };

      expect(await new WatchedWorld().fault("PutMetricData", { ...good, ...input })).to.match(fault);
    });
  }
});
