import type { AlarmState } from "../../model/metrics";
import type { Scope } from "../../model/scope";
import type { Query } from "../query";
import type { Rule } from "../composite/rule";

export type TreatMissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** What both kinds of alarms are told; members as the API names them, so that an alarm reads back as it was put. */
export interface CommonSettings {
  readonly AlarmName: string;
  readonly AlarmDescription?: string | undefined;
  readonly ActionsEnabled: boolean;
  readonly OKActions: readonly string[];
  readonly AlarmActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
}

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** Checked input of PutMetricAlarm. */
export interface MetricSettings extends CommonSettings {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly Dimension[] | undefined;
  readonly Statistic?: string | undefined;
  readonly ExtendedStatistic?: string | undefined;
  readonly Unit?: string | undefined;
  /** Seconds. */
  readonly Period?: number | undefined;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number | undefined;
  readonly Threshold: number;
  readonly ComparisonOperator: ComparisonOperator;
  readonly TreatMissingData?: TreatMissingData | undefined;
  readonly EvaluateLowSampleCountPercentile?: "evaluate" | "ignore" | undefined;
  /** As given; `measure` has them taken apart. */
  readonly Metrics?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** Checked input of PutCompositeAlarm. */
export interface CompositeSettings extends CommonSettings {
  readonly AlarmRule: string;
  readonly ActionsSuppressor?: string | undefined;
  /** Seconds. */
  readonly ActionsSuppressorWaitPeriod?: number | undefined;
  /** Seconds. */
  readonly ActionsSuppressorExtensionPeriod?: number | undefined;
}

export type ComparisonOperator =
  "GreaterThanOrEqualToThreshold" | "GreaterThanThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";

/** What an alarm looks at: a metric is a request of one query. */
export interface Measure {
  readonly queries: readonly Query[];
  /** The one that is compared. */
  readonly resultId: string;
  /** Seconds. */
  readonly period: number;
  /** Of a single metric: `Average`, `p95`, ... Undefined for metric math. */
  readonly statistic: string | undefined;
}

/** Where an alarm stands. */
export interface Standing {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string | undefined;
  readonly updatedAt: Date;
  readonly transitionedAt: Date;
  readonly evaluationState?: "EVALUATION_ERROR" | undefined;
}

interface Common {
  readonly scope: Scope;
  readonly arn: string;
  readonly configuredAt: Date;
  readonly standing: Standing;
  readonly tags: Readonly<Record<string, string>>;
}

export interface MetricAlarm extends Common {
  readonly kind: "metric";
  readonly settings: MetricSettings;
  readonly measure: Measure;
}

export interface CompositeAlarm extends Common {
  readonly kind: "composite";
  readonly settings: CompositeSettings;
  readonly rule: Rule;
  readonly suppressed?: { readonly by: SuppressedBy; readonly reason: string } | undefined;
}

export type SuppressedBy = "WaitPeriod" | "ExtensionPeriod" | "Alarm";

/** A value: a change is a new object. */
export type Alarm = MetricAlarm | CompositeAlarm;

/** What the API calls the kinds. */
export const alarmTypes = { metric: "MetricAlarm", composite: "CompositeAlarm" } as const;

/** `arn:aws:cloudwatch:<region>:<account>:alarm:<name>` */
export const alarmArn = ({ account, region }: Scope, name: string): string =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
