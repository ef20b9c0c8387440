import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import { namesIn, parseExpression, SyntaxFault } from "../math/syntax";
import type { Query } from "../query";
import { parseStatistic } from "../statistic";
import { boolean, dimensionMap, dimensions, integer, list, text, unit } from "./input";

/** One entry of MetricDataQueries, or of an alarm's Metrics. */
export const metricDataQuery = z.object({
  Id: text(1, 255),
  MetricStat: z
    .object({
      Metric: z.object({
        Namespace: text(1, 255),
        MetricName: text(1, 255),
        Dimensions: dimensions.optional(),
      }),
      Period: integer(1),
      Stat: z.string(),
      Unit: unit.optional(),
    })
    .optional(),
  Expression: text(1, 2048).optional(),
  Label: z.string().optional(),
  ReturnData: boolean.optional(),
  Period: integer(1).optional(),
  AccountId: text(1, 255).optional(),
});

export const metricDataQueries = list(metricDataQuery, 500);

export type MetricDataQuery = z.output<typeof metricDataQuery>;

/** The queries in the house's words. @throws AwsFault for what CloudWatch would refuse */
export function queriesOf(given: readonly MetricDataQuery[]): readonly Query[] {
  const queries = given.map(queryOf);
  const ids = new Set(queries.map(({ id }) => id));
  if (ids.size < queries.length) refuse("The values for parameter id in MetricDataQueries are not unique.");
  for (const { id, source } of queries) {
    if (source.kind !== "expression") continue;
    const named = namesOf(id, source.text).ids.filter((name) => !isKeyword(name));
    const unknown = named.find((name) => !ids.has(name));
    if (unknown !== undefined) {
      refuse(`Error in expression '${id}': The expression contains a reference to an unknown id: ${unknown}`);
    }
  }
  return queries;
}

/** REPEAT and LINEAR look like ids; ids start with a small letter. */
const isKeyword = (name: string): boolean => /^[A-Z]/.test(name);

function namesOf(id: string, expression: string): ReturnType<typeof namesIn> {
  try {
    const names = namesIn(parseExpression(expression));
    const unsupported = names.calls.find((name) => notSupported.has(name));
    if (unsupported !== undefined)
      refuse(`Error in expression '${id}': ${unsupported} is not supported by the sandbox.`);
    return names;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return refuse(`Error in expression '${id}': ${error.message}`);
  }
}

/** Functions that search for metrics or need services of their own. */
const notSupported = new Set([
  ...["SEARCH", "ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SERVICE_QUOTA", "DB_PERF_INSIGHTS", "LAMBDA"],
]);

function queryOf({ Id, MetricStat, Expression, Label, ReturnData, Period }: MetricDataQuery): Query {
  if (!/^[a-z]\w*$/.test(Id)) refuse(`The value ${Id} for parameter id must start with a lowercase letter.`);
  if ((MetricStat === undefined) === (Expression === undefined)) {
    refuse("Each MetricDataQuery must contain either MetricStat or Expression.");
  }
  const common = { id: Id, label: Label, isReturned: ReturnData ?? true };
  if (MetricStat === undefined) {
    return { ...common, source: { kind: "expression", text: Expression ?? "", period: Period } };
  }
  const { Metric, Stat } = MetricStat;
  checkPeriod(MetricStat.Period);
  if (parseStatistic(Stat) === undefined) refuse(`Statistic ${Stat} is not valid.`);
  const metric = {
    namespace: Metric.Namespace,
    name: Metric.MetricName,
    dimensions: dimensionMap(Metric.Dimensions),
    unit: MetricStat.Unit,
  };
  return { ...common, source: { kind: "metric", metric, stat: Stat, period: MetricStat.Period } };
}

/** 1, 5, 10, 20, 30 or a multiple of 60 seconds. @throws AwsFault */
export function checkPeriod(seconds: number): void {
  if ([1, 5, 10, 20, 30].includes(seconds) || seconds % 60 === 0) return;
  refuse(`The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60. It is ${seconds}.`);
}

function refuse(message: string): never {
  throw new AwsFault("ValidationError", message);
}
