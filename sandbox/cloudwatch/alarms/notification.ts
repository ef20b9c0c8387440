import type { AlarmState } from "../../model/metrics";
import type { Query } from "../query";
import type { Alarm, MetricAlarm } from "./alarm";
import { regionName } from "./region-names";
import { timestamp } from "./timestamp";

/** What SNS is told of an alarm that has changed. */
export interface Notification {
  /** 100 characters at most: SNS takes no more. */
  readonly subject: string;
  /** JSON. */
  readonly message: string;
}

/** A child whose state made a composite alarm change. */
export interface TriggeringChild {
  readonly arn: string;
  readonly value: AlarmState;
  readonly at: Date;
}

/** The schema is in the user guide, "Alarm notification schema"; `alarm` has its new state already. */
export function notificationOf(alarm: Alarm, old: AlarmState, children: readonly TriggeringChild[]): Notification {
  const { settings, standing, scope } = alarm;
  const region = regionName(scope.region);
  return {
    subject: `${standing.value}: "${settings.AlarmName}" in ${region}`.slice(0, 100),
    message: JSON.stringify({
      AlarmName: settings.AlarmName,
      AlarmDescription: settings.AlarmDescription ?? null,
      AWSAccountId: scope.account,
      AlarmConfigurationUpdatedTimestamp: timestamp(alarm.configuredAt),
      NewStateValue: standing.value,
      NewStateReason: standing.reason,
      StateChangeTime: timestamp(standing.transitionedAt),
      Region: region,
      AlarmArn: alarm.arn,
      OldStateValue: old,
      OKActions: settings.OKActions,
      AlarmActions: settings.AlarmActions,
      InsufficientDataActions: settings.InsufficientDataActions,
      ...(alarm.kind === "metric"
        ? { Trigger: triggerOf(alarm) }
        : {
            AlarmRule: alarm.settings.AlarmRule,
            TriggeringChildren: children.map(({ arn, value, at }) => ({
              Arn: arn,
              State: { Value: value, Timestamp: timestamp(at) },
            })),
          }),
    }),
  };
}

/** The API's `Average` is `AVERAGE` here. */
const upper: Readonly<Record<string, string>> = {
  SampleCount: "SAMPLE_COUNT",
  Average: "AVERAGE",
  Sum: "SUM",
  Minimum: "MINIMUM",
  Maximum: "MAXIMUM",
};

function triggerOf({ settings, measure }: MetricAlarm): object {
  const limits = {
    Period: measure.period,
    EvaluationPeriods: settings.EvaluationPeriods,
    ...(settings.DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm: settings.DatapointsToAlarm }),
    ComparisonOperator: settings.ComparisonOperator,
    Threshold: settings.Threshold,
    TreatMissingData: settings.TreatMissingData ?? "missing",
    EvaluateLowSampleCountPercentile: settings.EvaluateLowSampleCountPercentile ?? "",
  };
  if (settings.Metrics) return { ...limits, Metrics: measure.queries.map(queryOf) };
  const statistic = settings.Statistic
    ? { StatisticType: "Statistic", Statistic: upper[settings.Statistic] ?? settings.Statistic }
    : { StatisticType: "ExtendedStatistic", ExtendedStatistic: settings.ExtendedStatistic };
  return {
    MetricName: settings.MetricName,
    Namespace: settings.Namespace,
    ...statistic,
    Unit: settings.Unit ?? null,
    Dimensions: (settings.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
    ...limits,
  };
}

function queryOf({ id, label, isReturned, source }: Query): object {
  const common = { Id: id, ...(label === undefined ? {} : { Label: label }), ReturnData: isReturned };
  if (source.kind === "expression") return { Expression: source.text, ...common };
  const { namespace, name, dimensions, unit } = source.metric;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ value: Value, name: Name }));
  const Metric = { Dimensions, MetricName: name, Namespace: namespace };
  return {
    ...common,
    MetricStat: { Metric, Period: source.period, Stat: source.stat, ...(unit === undefined ? {} : { Unit: unit }) },
  };
}
