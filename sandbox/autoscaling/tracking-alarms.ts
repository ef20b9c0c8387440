import type { Input } from "../model/service-api";
import type { TrackingPolicy } from "./model";
import type { TrackedMetric } from "./tracked-metric";

/** Scale-in begins below this share of the target: a target of 50 was seen to have its AlarmLow at 45. */
const lowShare = 0.9;

/**
 * The alarms of a policy as Application Auto Scaling makes them: over the target for 3 minutes, and, unless scaling in is
 * off, well below it for 15. Missing data is no reason to scale.
 */
export function trackingAlarms(
  { arn, target, alarms }: Pick<TrackingPolicy, "arn" | "target" | "alarms">,
  metric: TrackedMetric,
): Input[] {
  const common = {
    ...metric,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${arn}.`,
    AlarmActions: [arn],
    ActionsEnabled: true,
  };
  const high = {
    ...common,
    AlarmName: alarms.high,
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: 3,
    Threshold: target,
  };
  if (alarms.low === undefined) return [high];
  const low = {
    ...common,
    AlarmName: alarms.low,
    ComparisonOperator: "LessThanThreshold",
    EvaluationPeriods: 15,
    Threshold: Number((target * lowShare).toPrecision(12)),
  };
  return [high, low];
}
