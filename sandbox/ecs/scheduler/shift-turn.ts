import type { ShiftController, ShiftRequest, ShiftView } from "../shifting/model";
import { shiftedListeners } from "../shifting/target-groups";
import { primaryOf, withDeployment, type DeploymentRecord, type ServiceRecord } from "../services/service-record";
import { completed } from "./conclude";
import { say } from "./event-log";
import { eventTexts, rolloutReasons } from "./event-texts";
import type { TaskFact } from "./task-facts";
import type { News, Turn } from "./turn";

/** The deployment that serves while the newest one is to take its place; undefined for a first deployment. */
export function blueOf(record: ServiceRecord): DeploymentRecord | undefined {
  const primary = primaryOf(record);
  return record.deployments.find(({ id }) => id === record.completed?.deploymentId && id !== primary.id);
}

/** Takes a deployment that shifts traffic one step further. */
export function shiftTurn(
  record: ServiceRecord,
  tasks: readonly TaskFact[],
  controller: ShiftController,
  now: Date,
): Turn {
  const green = primaryOf(record);
  if (green.rolloutState !== "IN_PROGRESS" || !green.watch.plan || !green.watch.isTakenUp) return { record, news: [] };
  const view = controller.look(requestOf(record, green, tasks, now));
  const isNew = JSON.stringify(view) !== JSON.stringify(green.shift);
  const seen = isNew ? withDeployment(record, green.id, { shift: view, updatedAt: now }) : record;
  const news: News[] = isNew ? [{ kind: "progressed", deploymentId: green.id }] : [];
  const turned = turnedBack(seen, green, view, now);
  const ended = view.outcome ? endings[view.outcome](turned.record, now) : { record: turned.record, news: [] };
  return { record: ended.record, news: [...turned.news, ...news, ...ended.news] };
}

function requestOf(
  record: ServiceRecord,
  green: DeploymentRecord,
  tasks: readonly TaskFact[],
  now: Date,
): ShiftRequest {
  const blue = blueOf(record);
  const alive = tasks.filter(({ phase }) => phase !== "gone");
  const of = (id: string | undefined) => alive.filter(({ deploymentId }) => deploymentId === id);
  const others = alive.filter(({ deploymentId }) => deploymentId !== green.id && deploymentId !== blue?.id);
  const { trip, plan, stop } = green.watch;
  const { alarms } = record.deploymentConfiguration;
  if (!plan) throw new Error(`${green.id} has no plan`);
  return {
    serviceDeploymentArn: green.serviceDeploymentArn,
    serviceArn: record.arn,
    plan,
    listeners: shiftedListeners(
      green.revision.loadBalancers.map(({ targetGroupArn, advancedConfiguration }) => ({
        targetGroupArn,
        ...(advancedConfiguration ? { advancedConfiguration } : {}),
      })),
      green.revision.targetGroups,
    ),
    revisions: { green: green.revision.arn, blue: blue?.revision.arn },
    green: {
      desired: record.desiredCount,
      tasks: of(green.id).length,
      healthy: of(green.id).filter(({ isHealthy, sickness }) => isHealthy && !sickness).length,
    },
    blue: blue && { tasks: of(blue.id).length },
    others: others.length,
    failure: trip?.cause.kind === "alarm" && trip.at <= now ? { kind: "alarm", rollback: alarms.rollback } : undefined,
    stop,
  };
}

/** Told once: it goes back, or stands still for good. */
function turnedBack(record: ServiceRecord, before: DeploymentRecord, view: ShiftView, now: Date): Turn {
  const hasFailed = view.direction === "back" || view.outcome === "STOPPED";
  const wasTold = before.shift?.direction === "back" || before.shift?.outcome !== undefined;
  if (!hasFailed || wasTold) return { record, news: [] };
  const { id } = before;
  const reason = view.reason ?? "tasks failed to start.";
  const blue = blueOf(record);
  const failed: News = { kind: "failed", deploymentId: id, reason, rollback: view.direction === "back" };
  const told = say(record, now, eventTexts.deploymentFailed(record.name, id, reason));
  if (view.direction !== "back" || !blue) return { record: told, news: [failed] };
  const back = withDeployment(told, id, { rolloutStateReason: rolloutReasons.rollback(blue.id) });
  return {
    record: say(back, now, eventTexts.rollingBack(record.name, blue.id)),
    news: [failed, { kind: "rollback-started", deploymentId: id, reason, to: blue.revision }],
  };
}

const endings: Readonly<Record<NonNullable<ShiftView["outcome"]>, (record: ServiceRecord, now: Date) => Turn>> = {
  SUCCESSFUL: (record, now) => ({ record: completed(record, now), news: [finished(record, "successful")] }),
  STOPPED: (record, now) => ({ record: failedForGood(record, now), news: [finished(record, "stopped")] }),
  ROLLBACK_FAILED: (record, now) => ({
    record: failedForGood(record, now),
    news: [finished(record, "rollback-failed")],
  }),
  ROLLBACK_SUCCESSFUL: (record, now) => ({ record: blueAgain(record, now), news: [finished(record, "rolled-back")] }),
};

function finished(record: ServiceRecord, outcome: Extract<News, { kind: "finished" }>["outcome"]): News {
  return { kind: "finished", deploymentId: primaryOf(record).id, outcome };
}

function failedForGood(record: ServiceRecord, now: Date): ServiceRecord {
  const { id, shift } = primaryOf(record);
  const rolloutStateReason = `ECS deployment failed: ${shift?.reason ?? ""}`;
  return withDeployment(record, id, { rolloutState: "FAILED", rolloutStateReason, updatedAt: now });
}

/** Blue never stopped serving: it is the newest again without a new start. */
function blueAgain(record: ServiceRecord, now: Date): ServiceRecord {
  const blue = blueOf(record);
  if (!blue) return failedForGood(record, now);
  const others = failedForGood(record, now).deployments.filter(({ id }) => id !== blue.id);
  const primary: DeploymentRecord = {
    ...blue,
    status: "PRIMARY",
    rolloutState: "COMPLETED",
    rolloutStateReason: rolloutReasons.completed(blue.id),
    updatedAt: now,
  };
  const deployments = [primary, ...others.map((one) => ({ ...one, status: "ACTIVE" as const }))];
  return { ...record, revision: blue.revision, isSteady: false, deployments };
}
