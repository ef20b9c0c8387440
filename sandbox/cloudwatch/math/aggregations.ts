import { MathFault, membersOf, type Points, scalar, series, timesOf, type Value } from "./value";

type Aggregation = (values: readonly number[]) => number;

const sum: Aggregation = (values) => values.reduce((all, value) => all + value, 0);
const average: Aggregation = (values) => sum(values) / values.length;

function deviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
}

/** Of an array: one series, time by time. Of one series: one number, over everything that was fetched. */
const over =
  (aggregation: Aggregation, missing: "zero" | "left out") =>
  ([value]: readonly Value[]): Value => {
    if (value?.kind === "scalar") return value;
    if (value === undefined || value.kind === "text") throw new MathFault("A time series is needed here.");
    const members = membersOf(value).map(({ points }) => points);
    if (value.kind === "series") {
      const values = [...(members[0]?.values() ?? [])];
      return values.length === 0 ? series(new Map()) : scalar(aggregation(values));
    }
    return series(new Map(timesOf(members).map((at) => [at, aggregation(valuesAt(members, at, missing))])));
  };

function valuesAt(members: readonly Points[], at: number, missing: "zero" | "left out"): readonly number[] {
  return members.flatMap((points) => points.get(at) ?? (missing === "zero" ? 0 : []));
}

/** AVG counts a missing value as 0 (user guide, "Metric math functions"). */
export const aggregations = {
  SUM: over(sum, "left out"),
  AVG: over(average, "zero"),
  MIN: over((values) => Math.min(...values), "left out"),
  MAX: over((values) => Math.max(...values), "left out"),
  STDDEV: over(deviation, "left out"),
} as const;
