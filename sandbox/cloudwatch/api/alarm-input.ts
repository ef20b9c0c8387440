import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";
import type { CompositeSettings, Measure, MetricSettings } from "../alarms/alarm";
import { alarmsIn, parseRule, type Rule, RuleFault } from "../composite/rule";
import { plainStatistics, parseStatistic } from "../statistic";
import { boolean, checked, dimensionMap, dimensions, integer, list, number, tags, text, unit } from "./input";
import { metricDataQueries, queriesOf } from "./queries";

const actions = list(text(1, 1024), 5).default([]);

const common = {
  AlarmName: text(1, 255),
  AlarmDescription: text(0, 1024).optional(),
  ActionsEnabled: boolean.default(true),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  Tags: tags.optional(),
};

const metricAlarm = z.object({
  ...common,
  Namespace: text(1, 255).regex(/^[^:]/).optional(),
  MetricName: text(1, 255).optional(),
  Dimensions: dimensions.optional(),
  Statistic: z.enum(plainStatistics).optional(),
  ExtendedStatistic: z.string().optional(),
  Unit: unit.optional(),
  Period: integer(1).optional(),
  EvaluationPeriods: integer(1),
  DatapointsToAlarm: integer(1).optional(),
  Threshold: number.optional(),
  ComparisonOperator: z.enum([
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]),
  TreatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).optional(),
  EvaluateLowSampleCountPercentile: z.enum(["evaluate", "ignore"]).optional(),
  Metrics: metricDataQueries.optional(),
});

const compositeAlarm = z.object({
  ...common,
  AlarmRule: text(1, 10_240),
  ActionsSuppressor: text(1, 1600).optional(),
  ActionsSuppressorWaitPeriod: integer(0).optional(),
  ActionsSuppressorExtensionPeriod: integer(0).optional(),
});

type Tags = Readonly<Record<string, string>>;

export interface MetricAlarmInput {
  readonly settings: MetricSettings;
  readonly measure: Measure;
  readonly tags: Tags;
}

export interface CompositeAlarmInput {
  readonly settings: CompositeSettings;
  readonly rule: Rule;
  readonly tags: Tags;
}

/** What this sandbox does not do; refused, so that nobody trusts an alarm that never looks. */
const refused = ["ThresholdMetricId", "EvaluationCriteria", "EvaluationInterval", "WarmUpConfiguration"] as const;

/** @throws AwsFault */
export function metricAlarmInput(input: Input): MetricAlarmInput {
  const found = refused.find((name) => input[name] !== undefined);
  if (found) refuse(`The sandbox has no alarms with ${found}.`);
  if (isWallClock(input["EvaluationWindow"])) refuse("The sandbox has no alarms with a wall clock window.");
  const { Tags, Threshold, Metrics, ...given } = checked(metricAlarm, input);
  if (Threshold === undefined) refuse("The parameter Threshold is required.");
  const settings = { ...given, Threshold, ...(Metrics?.length ? { Metrics: Metrics.map(stored) } : {}) };
  const measure = Metrics?.length ? measureOfQueries(settings, Metrics) : measureOfMetric(settings);
  const { period } = measure;
  const seconds = period * settings.EvaluationPeriods;
  if (![10, 20, 30].includes(period) && period % 60 !== 0) {
    refuse("Metric period must be 10, 20, 30, or a multiple of 60 seconds");
  }
  if (seconds > (period < 3600 ? 86_400 : 604_800)) {
    refuse("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).");
  }
  if ((settings.DatapointsToAlarm ?? 1) > settings.EvaluationPeriods) {
    refuse("The parameter DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  }
  return { settings, measure, tags: tagMap(Tags) };
}

const isWallClock = (window: unknown): boolean =>
  typeof window === "object" && window !== null && "WallClockWindow" in window;

/** A single metric. AWS takes exactly one kind of statistic. */
function measureOfMetric(settings: Omit<MetricSettings, "Metrics">): Measure {
  const { Namespace, MetricName, Period, Statistic, ExtendedStatistic, Unit } = settings;
  if (MetricName === undefined) refuse("The parameter MetricName is required.");
  if (Namespace === undefined) refuse("The parameter Namespace is required.");
  if (Period === undefined) refuse("The parameter Period is required.");
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    refuse("Exactly one of Statistic or ExtendedStatistic must be specified.");
  }
  const statistic = Statistic ?? ExtendedStatistic ?? "";
  if (parseStatistic(statistic) === undefined) {
    refuse(`The value ${statistic} for parameter ExtendedStatistic is not supported.`);
  }
  const metric = {
    namespace: Namespace,
    name: MetricName,
    dimensions: dimensionMap(settings.Dimensions),
    unit: Unit,
  };
  const source = { kind: "metric", metric, stat: statistic, period: Period } as const;
  return { queries: [{ id: "m1", isReturned: true, source }], resultId: "m1", period: Period, statistic };
}

/** Metric math: at most 10 metrics and 10 expressions, one result, one period. */
function measureOfQueries(settings: MetricSettings, given: z.output<typeof metricDataQueries>): Measure {
  const single = ["MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"] as const;
  const both = single.find((name) => settings[name] !== undefined && !isEmptyList(settings[name]));
  if (both) refuse(`The parameter ${both} must not be specified when the Metrics list is used.`);
  const queries = queriesOf(given);
  const expressions = queries.filter(({ source }) => source.kind === "expression").length;
  if (expressions > 10 || queries.length - expressions > 10) {
    refuse("An alarm can have at most 10 metrics and 10 expressions.");
  }
  const results = queries.filter(({ isReturned }) => isReturned);
  const [result] = results;
  if (!result || results.length > 1) refuse("Exactly one element of the metrics list should return data.");
  const periods = new Set(queries.flatMap(({ source }) => (source.kind === "metric" ? source.period : [])));
  if (periods.size > 1) refuse("All metrics of an alarm must have the same period.");
  const [period] = [...periods, ...queries.flatMap(({ source }) => source.period ?? [])];
  if (period === undefined) refuse("Period is required for an expression without metrics.");
  return { queries, resultId: result.id, period, statistic: undefined };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** With the default that AWS answers. */
const stored = (query: z.output<typeof metricDataQueries>[number]) => ({
  ...query,
  ReturnData: query.ReturnData ?? true,
});

/** @throws AwsFault */
export function compositeAlarmInput(input: Input): CompositeAlarmInput {
  const { Tags, ...settings } = checked(compositeAlarm, input);
  const { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = settings;
  const periods = [ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod];
  if (ActionsSuppressor !== undefined && periods.includes(undefined)) {
    refuse("ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod are required with ActionsSuppressor.");
  }
  if (ActionsSuppressor === undefined && periods.some((period) => period !== undefined)) {
    refuse("ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod need an ActionsSuppressor.");
  }
  const rule = ruleOf(settings.AlarmRule);
  if (alarmsIn(rule).length > 100) refuse("AlarmRule must not contain more than 100 alarms.");
  return { settings, rule, tags: tagMap(Tags) };
}

function ruleOf(written: string): Rule {
  try {
    return parseRule(written);
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return refuse(`AlarmRule contains invalid expression: ${error.message}`);
  }
}

const tagMap = (given: z.output<typeof tags> | undefined): Tags =>
  Object.fromEntries((given ?? []).map(({ Key, Value }) => [Key, Value]));

function refuse(message: string): never {
  throw new AwsFault("ValidationError", message);
}
