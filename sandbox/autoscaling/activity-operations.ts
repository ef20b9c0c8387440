import type { Answer, Caller, Input } from "../model/service-api";
import { checked, invalid, listInput } from "./inputs";
import { ecsDimension, type NotScaled, type ScalingActivity } from "./model";
import { pageOf } from "./page";
import type { ScalingPorts } from "./scaling-ports";

/** DescribeScalingActivities: newest first; those that scaled nothing only when asked for. */
export function describeActivities({ store }: ScalingPorts, input: Input, caller: Caller): Answer {
  const given = checked(listInput, input);
  const { ResourceId, ScalableDimension, IncludeNotScaledActivities } = given;
  if (ScalableDimension !== undefined && ResourceId === undefined)
    throw invalid("If you specify a scalable dimension, you must also specify a resource ID.");
  const fitting = store
    .activities(caller)
    .filter(({ resourceId }) => ResourceId === undefined || resourceId === ResourceId)
    .filter(() => ScalableDimension === undefined || ScalableDimension === ecsDimension)
    .filter(({ notScaled }) => IncludeNotScaledActivities === true || notScaled === undefined);
  const { items, NextToken } = pageOf(fitting, given);
  return { ScalingActivities: items.map(tellActivity), NextToken };
}

const tellActivity = (activity: ScalingActivity): Answer => ({
  ActivityId: activity.id,
  ServiceNamespace: "ecs",
  ResourceId: activity.resourceId,
  ScalableDimension: ecsDimension,
  Description: activity.description,
  Cause: activity.cause,
  StartTime: activity.startedAt,
  EndTime: activity.endedAt,
  StatusCode: activity.status,
  StatusMessage: activity.message,
  NotScaledReasons: activity.notScaled && [tellReason(activity.notScaled)],
});

const tellReason = ({ code, max, min, current }: NotScaled): Answer => ({
  Code: code,
  MaxCapacity: max,
  MinCapacity: min,
  CurrentCapacity: current,
});
