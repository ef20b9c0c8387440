import type { Operator } from "./syntax";
import { MathFault, membersOf, type Points, scalar, series, timesOf, type Value } from "./value";

const truth = (is: boolean): number => (is ? 1 : 0);

/** Undefined: this point is dropped. */
const operations: Readonly<Record<Operator, (left: number, right: number) => number | undefined>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? undefined : left / right),
  "^": (left, right) => left ** right,
  "==": (left, right) => truth(left === right),
  "!=": (left, right) => truth(left !== right),
  "<": (left, right) => truth(left < right),
  "<=": (left, right) => truth(left <= right),
  ">": (left, right) => truth(left > right),
  ">=": (left, right) => truth(left >= right),
  AND: (left, right) => truth(left !== 0 && right !== 0),
  OR: (left, right) => truth(left !== 0 || right !== 0),
};

/**
 * Left and right, time by time. A value that one side lacks counts as 0; a point that would be divided by zero is
 * dropped (user guide, "Using metric math", "Metric math arithmetic functions").
 */
export function calculate(operator: Operator, left: Value, right: Value): Value {
  const operation = operations[operator];
  if (left.kind === "text" || right.kind === "text") throw new MathFault("A text cannot be calculated with.");
  if (left.kind === "scalar" && right.kind === "scalar") return scalar(operation(left.value, right.value) ?? NaN);
  if (left.kind !== "array" && right.kind !== "array") return series(combine(operation, left, right));
  if (left.kind === "array" && right.kind === "array" && left.members.length !== right.members.length) {
    throw new MathFault("Two arrays of time series must be of the same length.");
  }
  const count = left.kind === "array" ? left.members.length : membersOf(right).length;
  const side = (value: Value, index: number): Value =>
    value.kind === "array" ? series(value.members[index]?.points ?? new Map()) : value;
  return {
    kind: "array",
    members: Array.from({ length: count }, (_, index) => ({
      id: [left, right].flatMap((value) => (value.kind === "array" ? value.members[index]?.id : undefined))[0] ?? "",
      points: combine(operation, side(left, index), side(right, index)),
    })),
  };
}

function combine(operation: (left: number, right: number) => number | undefined, left: Value, right: Value): Points {
  const result = new Map<number, number>();
  const times = timesOf([left, right].flatMap((value) => (value.kind === "series" ? [value.points] : [])));
  for (const at of times) {
    const value = operation(valueAt(left, at) ?? 0, valueAt(right, at) ?? 0);
    if (value !== undefined && Number.isFinite(value)) result.set(at, value);
  }
  return result;
}

/** What a scalar (always) or a series has at a time. */
export function valueAt(value: Value, at: number): number | undefined {
  if (value.kind === "scalar") return value.value;
  return value.kind === "series" ? value.points.get(at) : undefined;
}
