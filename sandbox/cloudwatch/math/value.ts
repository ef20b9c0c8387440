/** Start of a period (epoch milliseconds) -> value. What is missing is not there. */
export type Points = ReadonlyMap<number, number>;

/** What an expression gives: a number, a time series, or several of them. */
export type Value =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "series"; readonly points: Points }
  | { readonly kind: "array"; readonly members: readonly Member[] };

export interface Member {
  readonly id: string;
  readonly points: Points;
}

/** An expression that can be read and makes no sense. */
export class MathFault extends Error {}

export const scalar = (value: number): Value => ({ kind: "scalar", value });
export const series = (points: Points): Value => ({ kind: "series", points });

/** All times at which one of the series has a value, in order. */
export const timesOf = (all: readonly Points[]): readonly number[] =>
  [...new Set(all.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);

/** A series made of another, time by time; undefined leaves the point out. */
export function mapPoints(points: Points, change: (value: number, at: number) => number | undefined): Points {
  const result = new Map<number, number>();
  for (const [at, value] of points) {
    const changed = change(value, at);
    if (changed !== undefined && Number.isFinite(changed)) result.set(at, changed);
  }
  return result;
}

/** Does the same to each series; a scalar stays a scalar. */
export function mapValue(value: Value, change: (value: number) => number | undefined): Value {
  switch (value.kind) {
    case "scalar":
      return scalar(change(value.value) ?? NaN);
    case "series":
      return series(mapPoints(value.points, change));
    case "array":
      return {
        kind: "array",
        members: value.members.map(({ id, points }) => ({ id, points: mapPoints(points, change) })),
      };
    case "text":
      throw new MathFault("A text cannot be calculated with.");
  }
}

/** Whatever it is, as a list of series. */
export function membersOf(value: Value): readonly Member[] {
  if (value.kind === "array") return value.members;
  if (value.kind === "series") return [{ id: "", points: value.points }];
  throw new MathFault("A time series is needed here.");
}
