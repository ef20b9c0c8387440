import type { AlarmState } from "../../model/metrics";
import type { ComparisonOperator, TreatMissingData } from "./alarm";

export interface DecisionInput {
  /** One for each period of the evaluation range, oldest first; undefined is missing. */
  readonly points: readonly (boolean | undefined)[];
  /** N: EvaluationPeriods. */
  readonly periods: number;
  /** M: DatapointsToAlarm. */
  readonly toAlarm: number;
  readonly missing: TreatMissingData;
}

/**
 * What an alarm's state becomes, from which of its points breach. It reproduces the tables of "Configuring how
 * CloudWatch alarms treat missing data" in the user guide; where the guide is silent (single breaching points under
 * `missing`) the state is kept until the oldest of them is M periods old.
 */
export function decide({ points, periods, toAlarm, missing }: DecisionInput): AlarmState | "keep" {
  const real = points.filter((point) => point !== undefined);
  // Enough points, however old: how to treat missing ones does not matter.
  if (real.length >= periods) return alarmIf(count(real.slice(-periods)) >= toAlarm);
  const breaching = count(real);
  if (missing === "breaching") return alarmIf(breaching + periods - real.length >= toAlarm);
  if (missing === "notBreaching") return alarmIf(breaching >= toAlarm);
  if (breaching >= toAlarm) return "ALARM";
  if (real.length === 0) return missing === "missing" ? "INSUFFICIENT_DATA" : "keep";
  if (breaching < real.length) return "OK";
  if (missing === "ignore") return "keep";
  const age = points.length - points.findIndex((point) => point !== undefined);
  return age >= toAlarm ? "ALARM" : "keep";
}

const alarmIf = (is: boolean): AlarmState => (is ? "ALARM" : "OK");
const count = (points: readonly boolean[]): number => points.filter((point) => point).length;

/** Whether a value is on the wrong side of the threshold. */
export const breaches: Readonly<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * Fewer samples than this say nothing about a percentile (user guide, "Percentile-based CloudWatch alarms and low data
 * samples"): 10 / (1 - p) from the median on, 10 / p below.
 */
export const samplesForPercentile = (percent: number): number => 1000 / (percent >= 50 ? 100 - percent : percent);
