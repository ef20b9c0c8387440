import type { AlarmState } from "../../model/metrics";
import type { MetricStore } from "../metric-store";
import { fetchPoints, type Query, queryValues, type QuerySource } from "../query";
import { floor } from "../series";
import { parseStatistic } from "../statistic";
import type { MetricAlarm, MetricSettings } from "./alarm";
import { breaches, decide, samplesForPercentile } from "./decide";
import { javaDouble } from "./java-double";
import { reasonOf, type ReasonPoint } from "./reason";
import { timestamp } from "./timestamp";

/** What an evaluation comes to. */
export type Evaluation =
  | { readonly kind: "keep" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "state"; readonly state: AlarmState; readonly reason: string; readonly reasonData: string };

const minute = 60_000;
const shortStep = 10_000;

/** Looks at the sliding window that ends with the last full minute (or 10 seconds, for short periods). */
export function evaluateAlarm(
  alarm: MetricAlarm,
  store: Pick<MetricStore, "over">,
  now: Date,
  surplusPeriods: number,
): Evaluation {
  const { settings, measure } = alarm;
  const period = measure.period * 1000;
  const starts = startsOf(alarm, now, settings.EvaluationPeriods + surplusPeriods);
  const end = (starts.at(-1) ?? 0) + period;
  const values = measured(alarm, store, starts);
  if (values.kind === "failed") return values;
  if (isTooFew(alarm, store, end - settings.EvaluationPeriods * period, end)) return { kind: "keep" };
  const state = decide({
    points: starts.map((at) => {
      const value = values.points.get(at);
      return value === undefined ? undefined : breaches[settings.ComparisonOperator](value, settings.Threshold);
    }),
    periods: settings.EvaluationPeriods,
    toAlarm: settings.DatapointsToAlarm ?? settings.EvaluationPeriods,
    missing: missingDataOf(settings, measure.queries),
  });
  if (state === "keep") return { kind: "keep" };
  const all = starts.flatMap((at): ReasonPoint[] => {
    const value = values.points.get(at);
    return value === undefined ? [] : [{ at: new Date(at), value }];
  });
  return { kind: "state", state, ...explained(alarm, state, all.slice(-settings.EvaluationPeriods), now) };
}

/** Starts of the last full periods, oldest first. */
function startsOf({ measure }: MetricAlarm, now: Date, count: number): readonly number[] {
  const period = measure.period * 1000;
  const end = floor(now.getTime(), period < minute ? shortStep : minute);
  return Array.from({ length: count }, (_, index) => end - (count - index) * period);
}

type Measured =
  | { readonly kind: "points"; readonly points: ReadonlyMap<number, number> }
  | { readonly kind: "failed"; readonly message: string };

function measured(
  { measure, scope }: MetricAlarm,
  store: Pick<MetricStore, "over">,
  starts: readonly number[],
): Measured {
  const range = { from: starts[0] ?? 0, to: (starts.at(-1) ?? 0) + 1 };
  try {
    const fetch = (source: QuerySource & { readonly kind: "metric" }) => fetchPoints(store, scope, source, range);
    const value = queryValues(measure.queries, fetch, starts)(measure.resultId);
    if (value.kind === "series") return { kind: "points", points: value.points };
    if (value.kind === "array" && value.members.length < 2) {
      return { kind: "points", points: value.members[0]?.points ?? new Map() };
    }
    return { kind: "failed", message: "The expression does not give one time series." };
  } catch (error) {
    // An expression may be fine to read and still make no sense: the alarm then says so and stays as it is.
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

/** Alarms of DynamoDB always ignore missing data (API reference, PutMetricAlarm). */
function missingDataOf(settings: MetricSettings, queries: readonly Query[]) {
  const isDynamo = queries.some(({ source }) => source.kind === "metric" && source.metric.namespace === "AWS/DynamoDB");
  return isDynamo ? "ignore" : (settings.TreatMissingData ?? "missing");
}

function isTooFew(
  { settings, measure, scope }: MetricAlarm,
  store: Pick<MetricStore, "over">,
  from: number,
  to: number,
): boolean {
  const source = measure.queries.find(({ id }) => id === measure.resultId)?.source;
  if (settings.EvaluateLowSampleCountPercentile !== "ignore" || source?.kind !== "metric") return false;
  const statistic = parseStatistic(source.stat);
  if (statistic?.kind !== "percentile") return false;
  const samples = store.over(scope, source.metric, from, to - from)?.count ?? 0;
  return samples < samplesForPercentile(statistic.percent);
}

function explained(
  { settings, measure }: MetricAlarm,
  state: AlarmState,
  points: readonly ReasonPoint[],
  now: Date,
): { readonly reason: string; readonly reasonData: string } {
  const isBreaching = ({ value }: ReasonPoint): boolean =>
    breaches[settings.ComparisonOperator](value, settings.Threshold);
  const deciding = points.filter((point) => isBreaching(point) === (state === "ALARM"));
  return {
    reason: reasonOf({ state, points, deciding, settings }),
    reasonData: reasonDataOf({ settings, measure }, points, now),
  };
}

/** JSON, whose numbers are Java's. */
function reasonDataOf(
  { settings, measure }: Pick<MetricAlarm, "settings" | "measure">,
  points: readonly ReasonPoint[],
  now: Date,
): string {
  const text = (name: string, value: string | undefined) => (value === undefined ? [] : [`"${name}":"${value}"`]);
  return `{${[
    ...text("version", "1.0"),
    ...text("queryDate", timestamp(now)),
    ...text("startDate", points[0] && timestamp(points[0].at)),
    ...text("unit", settings.Unit),
    ...text("statistic", measure.statistic),
    `"period":${measure.period}`,
    `"recentDatapoints":[${points.map(({ value }) => javaDouble(value)).join(",")}]`,
    `"threshold":${javaDouble(settings.Threshold)}`,
  ].join(",")}}`;
}
