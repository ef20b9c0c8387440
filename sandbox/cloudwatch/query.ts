import type { Scope } from "../model/scope";
import type { MetricStore, Wanted } from "./metric-store";
import { evaluate } from "./math/evaluate";
import { type Expression, parseExpression } from "./math/syntax";
import { MathFault, type Points, series, type Value } from "./math/value";
import { parseStatistic, type Statistic, valueOf } from "./statistic";

/** One entry of MetricDataQueries, checked. */
export interface Query {
  readonly id: string;
  readonly label?: string | undefined;
  readonly isReturned: boolean;
  readonly source: QuerySource;
}

export type QuerySource =
  | { readonly kind: "metric"; readonly metric: Wanted; readonly stat: string; readonly period: number }
  | { readonly kind: "expression"; readonly text: string; readonly period?: number | undefined };

/** Epoch milliseconds: from (inclusive) to (exclusive). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Points of one metric, period by period; the starts are `from`, `from + period`, ... */
export function fetchPoints(
  store: Pick<MetricStore, "over">,
  scope: Scope,
  source: QuerySource & { readonly kind: "metric" },
  range: Range,
): Points {
  const statistic = statisticOf(source.stat);
  const step = source.period * 1000;
  const points = new Map<number, number>();
  for (let at = range.from; at < range.to; at += step) {
    const bucket = store.over(scope, source.metric, at, step);
    const value = bucket && valueOf(statistic, bucket);
    if (value !== undefined) points.set(at, value);
  }
  return points;
}

/** The statistic, or one that never has a value: what is stored has been checked. */
const statisticOf = (text: string): Statistic => parseStatistic(text) ?? { kind: "plain", name: "Average" };

/** Values of all queries, each made once and only when it is asked for. @throws MathFault, SyntaxFault */
export function queryValues(
  queries: readonly Query[],
  /** Points of a metric of the request. */
  fetch: (source: QuerySource & { readonly kind: "metric" }) => Points,
  times: readonly number[],
): (id: string) => Value {
  const byId = new Map(queries.map((query) => [query.id, query]));
  const known = new Map<string, Value | "being made">();
  const periods = queries.flatMap(({ source }) => source.period ?? []);
  const names = {
    times,
    period: Math.min(...periods, 86_400),
    metricIds: queries.filter(({ source }) => source.kind === "metric").map(({ id }) => id),
    periodOf: (id: string) => {
      const source = byId.get(id)?.source;
      return source?.kind === "metric" ? source.period : undefined;
    },
    value: (id: string) => (byId.has(id) ? value(id) : undefined),
  };

  function value(id: string): Value {
    const found = known.get(id);
    if (found === "being made") throw new MathFault(`The expression ${id} depends on itself.`);
    if (found) return found;
    const query = byId.get(id);
    if (!query) throw new MathFault(`The id ${id} is not there.`);
    known.set(id, "being made");
    const made =
      query.source.kind === "metric" ? series(fetch(query.source)) : evaluate(parsed(query.source.text), names);
    known.set(id, made);
    return made;
  }
  return value;
}

const parsed = (text: string): Expression => parseExpression(text);
