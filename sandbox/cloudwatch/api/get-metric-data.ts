import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Answer, Operation } from "../../model/service-api";
import type { Scope } from "../../model/scope";
import type { MetricStore } from "../metric-store";
import { SyntaxFault } from "../math/syntax";
import { MathFault, type Points, timesOf, type Value } from "../math/value";
import { fetchPoints, type Query, queryValues, type QuerySource } from "../query";
import { floor } from "../series";
import { checked, date, integer, scanBy } from "./input";
import { startOf, tokenOf } from "./pages";
import { metricDataQueries, queriesOf } from "./queries";

const getMetricData = z.object({
  MetricDataQueries: metricDataQueries,
  StartTime: date,
  EndTime: date,
  NextToken: z.string().optional(),
  ScanBy: scanBy.optional(),
  MaxDatapoints: integer(1, 100_800).optional(),
});

interface Line {
  readonly id: string;
  readonly label: string;
  readonly points: Points;
}

/** Metrics and metric math over a time. */
export const getMetricDataOperation = (store: MetricStore): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const { MetricDataQueries, StartTime, EndTime, NextToken, ScanBy, MaxDatapoints } = checked(getMetricData, input);
    if (StartTime >= EndTime) refuse("The parameter StartTime must be less than the parameter EndTime.");
    const queries = queriesOf(MetricDataQueries);
    const lines = linesOf(store, { account, region }, queries, StartTime.getTime(), EndTime.getTime());
    const isAscending = ScanBy === "TimestampAscending";
    return pageOfLines(lines, isAscending, MaxDatapoints ?? 100_800, NextToken === undefined ? 0 : startOf(NextToken));
  },
});

function linesOf(
  store: MetricStore,
  scope: Scope,
  queries: readonly Query[],
  from: number,
  to: number,
): readonly Line[] {
  const periods = queries.flatMap(({ source }) => source.period ?? []);
  const shortest = 1000 * Math.min(...periods, 86_400);
  // Checked before anything is fetched: the longest range at the shortest period is what costs.
  if (((to - from) / shortest) * queries.length > 1_000_000) refuse("Too many data points are requested.");
  const rangeOf = (period: number) => ({ from: floor(from, 1000 * period), to });
  const fetch = (source: QuerySource & { readonly kind: "metric" }) =>
    fetchPoints(store, scope, source, rangeOf(source.period));
  const times: number[] = [];
  for (let at = floor(from, shortest); at < to; at += shortest) times.push(at);
  try {
    const value = queryValues(queries, fetch, times);
    return queries.filter(({ isReturned }) => isReturned).flatMap((query) => linesOfQuery(query, value(query.id)));
  } catch (error) {
    if (!(error instanceof MathFault || error instanceof SyntaxFault)) throw error;
    return refuse(error.message);
  }
}

function linesOfQuery({ id, label, source }: Query, value: Value): readonly Line[] {
  if (value.kind === "scalar" || value.kind === "text") {
    return refuse(
      `Error in expression '${id}': The result of an expression must be a time series or an array of them.`,
    );
  }
  const name = label ?? (source.kind === "metric" ? source.metric.name : id);
  if (value.kind === "series") return [{ id, label: name, points: value.points }];
  return value.members.map((member) => ({ id, label: `${name} ${member.id}`.trim(), points: member.points }));
}

/** So many points in all; a series that is cut goes on with the next page. */
function pageOfLines(lines: readonly Line[], isAscending: boolean, size: number, start: number): Answer {
  let before = 0;
  const MetricDataResults = lines.map(({ id, label, points }) => {
    const times = isAscending ? timesOf([points]) : [...timesOf([points])].reverse();
    const first = Math.max(0, start - before);
    const last = Math.min(times.length, start + size - before);
    before += times.length;
    const shown = first < last ? times.slice(first, last) : [];
    return {
      Id: id,
      Label: label,
      Timestamps: shown.map((at) => new Date(at)),
      Values: shown.map((at) => points.get(at) ?? 0),
      StatusCode: last < times.length ? "PartialData" : "Complete",
    };
  });
  const end = start + size;
  return { MetricDataResults, Messages: [], ...(end < before ? { NextToken: tokenOf(end) } : {}) };
}

function refuse(message: string): never {
  throw new AwsFault("ValidationError", message);
}
