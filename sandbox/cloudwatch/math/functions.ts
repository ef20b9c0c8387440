import { valueAt } from "./arithmetic";
import { aggregations } from "./aggregations";
import { fill } from "./fill";
import { mapPoints, mapValue, MathFault, membersOf, type Points, scalar, series, timesOf, type Value } from "./value";

/** What functions may need of the query that calls them. */
export interface Surroundings {
  /** Starts of all periods that are asked for. */
  readonly times: readonly number[];
  /** Seconds. */
  readonly period: number;
}

type MathFunction = (args: readonly Value[], surroundings: Surroundings) => Value;

const onEach =
  (change: (value: number) => number): MathFunction =>
  ([value]) =>
    mapValue(needed(value), change);

/** Functions of metric math that work on values; METRICS and PERIOD, which work on names, are where names are known. */
export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  ...aggregations,
  ABS: onEach(Math.abs),
  CEIL: onEach(Math.ceil),
  FLOOR: onEach(Math.floor),
  LOG: onEach(Math.log),
  LOG10: onEach(Math.log10),
  IF: ([condition, yes, no]) => choose(needed(condition), needed(yes), no),
  FILL: ([value, filler], { times }) => onMembers(needed(value), (points) => fill(points, needed(filler), times)),
  TIME_SERIES: ([value], { times }) => {
    if (value?.kind !== "scalar") throw new MathFault("TIME_SERIES takes a number.");
    return series(new Map(times.map((at) => [at, value.value])));
  },
  DIFF: ([value]) => onMembers(needed(value), (points) => differences(points)),
  DIFF_TIME: ([value]) => onMembers(needed(value), (points) => steps(points)),
  RATE: ([value]) =>
    onMembers(needed(value), (points) => {
      const seconds = steps(points);
      return mapPoints(differences(points), (change, at) => change / (seconds.get(at) ?? NaN));
    }),
  RUNNING_SUM: ([value]) =>
    onMembers(needed(value), (points) => {
      let sum = 0;
      return mapPoints(inOrder(points), (each) => (sum += each));
    }),
  DATAPOINT_COUNT: ([value]) => scalar(membersOf(needed(value)).reduce((sum, { points }) => sum + points.size, 0)),
  REMOVE_EMPTY: ([value]) => ({
    kind: "array",
    members: membersOf(needed(value)).filter(({ points }) => points.size > 0),
  }),
  FIRST: ([value]) => series(membersOf(needed(value))[0]?.points ?? new Map()),
  LAST: ([value]) => series(membersOf(needed(value)).at(-1)?.points ?? new Map()),
  MINUTE: ([value]) => onMembers(needed(value), (points) => mapPoints(points, (_, at) => new Date(at).getUTCMinutes())),
  HOUR: ([value]) => onMembers(needed(value), (points) => mapPoints(points, (_, at) => new Date(at).getUTCHours())),
  EPOCH: ([value]) => onMembers(needed(value), (points) => mapPoints(points, (_, at) => at / 1000)),
};

/** Where the condition is missing there is no point; a chosen value that is missing is 0, an unchosen one is no point. */
function choose(condition: Value, yes: Value, no: Value | undefined): Value {
  if (condition.kind === "scalar") {
    const chosen = condition.value === 0 ? no : yes;
    return chosen ?? series(new Map());
  }
  if (condition.kind !== "series") throw new MathFault("The condition of IF must be a number or one time series.");
  return series(
    mapPoints(condition.points, (value, at) => {
      if (value !== 0) return valueAt(yes, at) ?? 0;
      return no && valueAt(no, at);
    }),
  );
}

function onMembers(value: Value, change: (points: Points) => Points): Value {
  if (value.kind === "array") {
    return { kind: "array", members: value.members.map(({ id, points }) => ({ id, points: change(points) })) };
  }
  return series(change(membersOf(value)[0]?.points ?? new Map()));
}

const inOrder = (points: Points): Points => new Map(timesOf([points]).map((at) => [at, points.get(at) ?? 0]));

/** Each value less the one before it; the first has none. */
function differences(points: Points): Points {
  let before: number | undefined;
  return mapPoints(inOrder(points), (value) => {
    const change = before === undefined ? undefined : value - before;
    before = value;
    return change;
  });
}

/** Seconds since the point before. */
const steps = (points: Points): Points => differences(mapPoints(points, (_, at) => at / 1000));

function needed(value: Value | undefined): Value {
  if (value === undefined) throw new MathFault("An argument is missing.");
  return value;
}
