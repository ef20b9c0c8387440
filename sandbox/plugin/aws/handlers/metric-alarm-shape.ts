import type {
  ComparisonOperator,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
  PutMetricAlarmCommandInput,
  StandardUnit,
  Statistic,
} from "@aws-sdk/client-cloudwatch";
import type { Properties } from "../../handler";
import type { Tagged } from "../tags";

/** Inputs of a metric alarm, in Pulumi's names. */
export interface MetricAlarmInputs extends Tagged {
  readonly name: string;
  readonly alarmDescription?: string;
  readonly comparisonOperator: ComparisonOperator;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly threshold?: number;
  readonly thresholdMetricId?: string;
  readonly treatMissingData?: string;
  readonly evaluateLowSampleCountPercentiles?: string;
  readonly actionsEnabled?: boolean;
  readonly alarmActions?: readonly string[];
  readonly okActions?: readonly string[];
  readonly insufficientDataActions?: readonly string[];
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly period?: number;
  readonly statistic?: Statistic;
  readonly extendedStatistic?: string;
  readonly unit?: StandardUnit;
  readonly metricQueries?: readonly MetricQuery[];
}

interface MetricQuery {
  readonly id: string;
  readonly label?: string;
  readonly expression?: string;
  readonly returnData?: boolean;
  readonly accountId?: string;
  readonly period?: number;
  readonly metric?: {
    readonly namespace?: string;
    readonly metricName: string;
    readonly period: number;
    readonly stat: string;
    readonly unit?: StandardUnit;
    readonly dimensions?: Readonly<Record<string, string>>;
  };
}

/** The one request that makes and changes an alarm. */
export function toAlarm(inputs: MetricAlarmInputs): PutMetricAlarmCommandInput {
  return {
    AlarmName: inputs.name,
    AlarmDescription: inputs.alarmDescription,
    ComparisonOperator: inputs.comparisonOperator,
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Threshold: inputs.thresholdMetricId ? undefined : inputs.threshold,
    ThresholdMetricId: inputs.thresholdMetricId,
    TreatMissingData: inputs.treatMissingData,
    EvaluateLowSampleCountPercentile: inputs.evaluateLowSampleCountPercentiles,
    ActionsEnabled: inputs.actionsEnabled ?? true,
    AlarmActions: listed(inputs.alarmActions),
    OKActions: listed(inputs.okActions),
    InsufficientDataActions: listed(inputs.insufficientDataActions),
    ...(inputs.metricQueries?.length
      ? { Metrics: inputs.metricQueries.map(toQuery) }
      : {
          Namespace: inputs.namespace,
          MetricName: inputs.metricName,
          Dimensions: toDimensions(inputs.dimensions),
          Period: inputs.period,
          Statistic: inputs.statistic,
          ExtendedStatistic: inputs.extendedStatistic,
          Unit: inputs.unit,
        }),
  };
}

/** An alarm in Pulumi's names. */
export function fromAlarm(found: MetricAlarm): Properties {
  const byQueries = (found.Metrics ?? []).length > 0;
  return {
    arn: found.AlarmArn,
    name: found.AlarmName,
    alarmDescription: found.AlarmDescription,
    comparisonOperator: found.ComparisonOperator,
    evaluationPeriods: found.EvaluationPeriods,
    datapointsToAlarm: found.DatapointsToAlarm,
    threshold: found.Threshold,
    thresholdMetricId: found.ThresholdMetricId,
    treatMissingData: found.TreatMissingData ?? "missing",
    evaluateLowSampleCountPercentiles: found.EvaluateLowSampleCountPercentile,
    actionsEnabled: found.ActionsEnabled ?? true,
    alarmActions: found.AlarmActions ?? [],
    okActions: found.OKActions ?? [],
    insufficientDataActions: found.InsufficientDataActions ?? [],
    metricQueries: byQueries ? found.Metrics?.map(fromQuery) : undefined,
    namespace: byQueries ? undefined : found.Namespace,
    metricName: byQueries ? undefined : found.MetricName,
    dimensions: byQueries ? undefined : fromDimensions(found.Dimensions),
    period: byQueries ? undefined : found.Period,
    statistic: byQueries ? undefined : found.Statistic,
    extendedStatistic: byQueries ? undefined : found.ExtendedStatistic,
    unit: byQueries ? undefined : found.Unit,
  };
}

function toQuery(query: MetricQuery): MetricDataQuery {
  const { metric } = query;
  return {
    Id: query.id,
    Label: query.label,
    Expression: query.expression,
    ReturnData: query.returnData ?? false,
    AccountId: query.accountId,
    Period: query.period,
    MetricStat: metric && {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.metricName,
        Dimensions: toDimensions(metric.dimensions),
      },
      Period: metric.period,
      Stat: metric.stat,
      Unit: metric.unit,
    },
  };
}

function fromQuery(query: MetricDataQuery): Properties {
  const stat = query.MetricStat;
  return withoutAbsent({
    id: query.Id,
    label: query.Label,
    expression: query.Expression,
    returnData: query.ReturnData ?? false,
    accountId: query.AccountId,
    period: query.Period,
    metric:
      stat &&
      withoutAbsent({
        namespace: stat.Metric?.Namespace,
        metricName: stat.Metric?.MetricName,
        period: stat.Period,
        stat: stat.Stat,
        unit: stat.Unit,
        dimensions: fromDimensions(stat.Metric?.Dimensions),
      }),
  });
}

const listed = (arns: readonly string[] | undefined): string[] => [...(arns ?? [])];

function toDimensions(dimensions: Readonly<Record<string, string>> | undefined): Dimension[] | undefined {
  return dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function fromDimensions(dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> | undefined {
  if (!dimensions?.length) return undefined;
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name ?? "", Value ?? ""]));
}

function withoutAbsent(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
