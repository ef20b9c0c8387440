import type { Answer } from "../../model/service-api";
import type { CompositeAlarm, MetricAlarm, Standing } from "../alarms/alarm";

/** A metric alarm as DescribeAlarms tells it: what was put, and where it stands. */
export function metricAlarmAnswer({ arn, settings, configuredAt, standing }: MetricAlarm): Answer {
  return {
    ...settings,
    // AWS answers a list for an alarm of metric math, too.
    Dimensions: settings.Dimensions ?? [],
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: configuredAt,
    ...standingAnswer(standing),
    EvaluationState: standing.evaluationState,
  };
}

/** A composite alarm as DescribeAlarms tells it. */
export const compositeAlarmAnswer = ({
  arn,
  settings,
  configuredAt,
  standing,
  suppressed,
}: CompositeAlarm): Answer => ({
  ...settings,
  AlarmArn: arn,
  AlarmConfigurationUpdatedTimestamp: configuredAt,
  ...standingAnswer(standing),
  ActionsSuppressedBy: suppressed?.by,
  ActionsSuppressedReason: suppressed?.reason,
});

const standingAnswer = ({ value, reason, reasonData, updatedAt, transitionedAt }: Standing): Answer => ({
  StateValue: value,
  StateReason: reason,
  StateReasonData: reasonData,
  StateUpdatedTimestamp: updatedAt,
  StateTransitionedTimestamp: transitionedAt,
});
