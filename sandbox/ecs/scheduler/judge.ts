import type { AlarmReader } from "../model";
import {
  freshWatch,
  primaryOf,
  withDeployment,
  withWatch,
  type Cause,
  type DeploymentRecord,
  type ServiceRecord,
} from "../services/service-record";
import { say } from "./event-log";
import { eventTexts, rolloutReasons } from "./event-texts";
import { breakerThreshold } from "./limits";
import { timings } from "./timings";
import type { News, Turn } from "./turn";

/** At its first step a deployment gets its counts and its alarms; those that are in ALARM already keep all from being watched. */
export function takeUp(record: ServiceRecord, alarmState: AlarmReader): Turn {
  const primary = primaryOf(record);
  if (primary.watch.isTakenUp) return { record, news: [] };
  const { enable, alarmNames } = record.deploymentConfiguration.alarms;
  const isFiring = alarmNames.some((name) => alarmState(record, name) === "ALARM");
  const alarms = enable && !isFiring ? alarmNames : [];
  return {
    record: withWatch(record, primary.id, { isTakenUp: true, alarms }),
    news: [{ kind: "started", deploymentId: primary.id }],
  };
}

/** Decides that the newest deployment is to be given up; that takes hold a little later, as with AWS. */
export function suspect(record: ServiceRecord, alarmState: AlarmReader, now: Date): Turn {
  const { id, rolloutState, watch } = primaryOf(record);
  if (rolloutState !== "IN_PROGRESS" || watch.trip) return { record, news: [] };
  const triggered = watch.alarms.filter((name) => alarmState(record, name) === "ALARM");
  const cause = causeOf(record, triggered);
  if (!cause) return { record, news: [] };
  const trip = { at: new Date(now.getTime() + lags[cause.kind]), cause };
  return { record: withWatch(record, id, { trip, triggered }), news: [{ kind: "progressed", deploymentId: id }] };
}

const lags: Readonly<Record<Cause["kind"], number>> = {
  breaker: timings.failureToBreaker,
  alarm: timings.alarmToFailure,
  stop: 0,
};

function causeOf(record: ServiceRecord, triggered: readonly string[]): Cause | undefined {
  const { watch } = primaryOf(record);
  const { enable, thresholdConfiguration } = record.deploymentConfiguration.deploymentCircuitBreaker;
  if (watch.stop) return { kind: "stop", type: watch.stop };
  if (triggered.length > 0) return { kind: "alarm", names: triggered };
  // API_DeploymentCircuitBreaker: rolling updates only.
  if (!enable || watch.plan) return undefined;
  return watch.failures >= breakerThreshold(record.desiredCount, thresholdConfiguration)
    ? { kind: "breaker" }
    : undefined;
}

/** Gives a rolling deployment up when its time has come, and turns back if that is wanted and possible. */
export function giveUp(record: ServiceRecord, now: Date): Turn {
  const primary = primaryOf(record);
  const { trip, plan } = primary.watch;
  if (primary.rolloutState !== "IN_PROGRESS" || !trip || plan || trip.at > now) return { record, news: [] };
  const { completed } = record;
  const isBack = primary.watch.isRollback;
  const goesBack = wantsRollback(record, trip.cause) && !isBack && !!completed && completed.deploymentId !== primary.id;
  const reason = reasons[trip.cause.kind];
  const failed = withDeployment(record, primary.id, {
    rolloutState: "FAILED",
    rolloutStateReason: reason.rollout(primary.id),
    updatedAt: now,
  });
  const told = say(failed, now, ...reason.events(record.name, primary.id));
  const news: News[] = [
    isBack
      ? { kind: "finished", deploymentId: primary.id, outcome: "rollback-failed" }
      : { kind: "failed", deploymentId: primary.id, reason: reason.text, rollback: goesBack },
  ];
  if (!goesBack) return { record: told, news };
  const back = reason.rollback(completed.deploymentId);
  return {
    record: say(rolledBack(told, back, now), now, eventTexts.rollingBack(record.name, completed.deploymentId)),
    news: [
      ...news,
      { kind: "rollback-started", deploymentId: primary.id, reason: reason.text, to: completed.revision },
    ],
  };
}

function wantsRollback({ deploymentConfiguration: { deploymentCircuitBreaker, alarms } }: ServiceRecord, cause: Cause) {
  switch (cause.kind) {
    case "breaker":
      return deploymentCircuitBreaker.rollback;
    case "alarm":
      return alarms.rollback;
    case "stop":
      return cause.type === "ROLLBACK";
  }
}

/** What is told of each cause; `text` is what records of service deployments say. */
const reasons: Readonly<
  Record<
    Cause["kind"],
    {
      readonly text: string;
      rollout(id: string): string;
      rollback(id: string): string;
      events(service: string, id: string): readonly string[];
    }
  >
> = {
  breaker: {
    text: "tasks failed to start.",
    rollout: rolloutReasons.breaker,
    rollback: rolloutReasons.breakerRollback,
    events: (service, id) => [eventTexts.deploymentFailed(service, id, "tasks failed to start.")],
  },
  alarm: {
    text: "alarm detected.",
    rollout: rolloutReasons.alarm,
    rollback: rolloutReasons.rollback,
    events: (service, id) => [eventTexts.deploymentFailed(service, id, "alarm detected.")],
  },
  stop: {
    text: "Service deployment stopped by user.",
    rollout: rolloutReasons.stopped,
    rollback: rolloutReasons.rollback,
    events: () => [],
  },
};

/**
 * The deployment that had completed is the newest again, under its own id and with the tasks that it still has; the failed
 * one is behind it until its tasks are gone.
 */
function rolledBack(record: ServiceRecord, rolloutStateReason: string, now: Date): ServiceRecord {
  const failed = primaryOf(record);
  const { completed } = record;
  if (!completed) return record;
  const { deploymentId: id, revision } = completed;
  const before = record.deployments.find((one) => one.id === id);
  const primary: DeploymentRecord = {
    id,
    revision,
    status: "PRIMARY",
    desiredCount: record.desiredCount,
    failedTasks: 0,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    rolloutState: "IN_PROGRESS",
    rolloutStateReason,
    serviceDeploymentArn: failed.serviceDeploymentArn,
    watch: { ...freshWatch, isTakenUp: true, isRollback: true, sources: [failed.revision.arn] },
  };
  const others = record.deployments.filter((one) => one.id !== id);
  return {
    ...record,
    revision,
    isSteady: false,
    deployments: [primary, ...others.map((one) => ({ ...one, status: "ACTIVE" as const }))],
  };
}
