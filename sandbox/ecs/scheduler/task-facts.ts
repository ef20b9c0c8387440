import type { TargetHealth } from "../../model/targets";
import type { TaskView } from "../../model/tasks";
import type { DeploymentRecord, ServiceRecord } from "../services/service-record";
import { timings } from "./timings";

/** Why the scheduler wants a task replaced. */
export type Sickness =
  | { readonly kind: "container" }
  | { readonly kind: "target"; readonly group: string; readonly port: number; readonly reason: string };

/** A task of a service as the scheduler sees it. */
export interface TaskFact {
  readonly id: string;
  /** `ecs-svc/...` */
  readonly deploymentId: string;
  readonly zone: string;
  readonly createdAt: Date;
  /** `leaving`: on its way out, its containers not ended yet; it counts against maximumPercent. */
  readonly phase: "starting" | "running" | "leaving" | "gone";
  readonly status: TaskView["lastStatus"];
  /** It has ended by itself and the scheduler does not know yet: its target is still registered. */
  readonly isUnnoticed: boolean;
  /** Counts for minimumHealthyPercent. */
  readonly isHealthy: boolean;
  readonly sickness: Sickness | undefined;
  /** Scale-in protection holds: nobody stops it but for its health. */
  readonly isProtected: boolean;
  /** It was RUNNING once. */
  readonly hasRun: boolean;
  readonly stopCode: TaskView["stopCode"];
  readonly stoppedReason: string | undefined;
}

/** Health of the targets of a group, by `<ip>:<port>`. */
export type GroupHealth = ReadonlyMap<string, ReadonlyMap<string, TargetHealth>>;

const phases: Readonly<Record<TaskView["lastStatus"], TaskFact["phase"]>> = {
  PROVISIONING: "starting",
  PENDING: "starting",
  ACTIVATING: "starting",
  RUNNING: "running",
  DEACTIVATING: "leaving",
  STOPPING: "leaving",
  DEPROVISIONING: "gone",
  STOPPED: "gone",
};

/** What the scheduler knows of a task: status, checks, grace period. */
export function taskFact(
  task: TaskView,
  record: ServiceRecord,
  health: GroupHealth,
  now: Date,
  { isAttached = false, protectedUntil }: { isAttached?: boolean; protectedUntil?: Date | undefined } = {},
): TaskFact {
  const phase = phaseOf(task);
  // What has ended by itself is not stopped for a check: its own end is on the way.
  const isAlive = phase === "running" && !task.hasEssentialEnded;
  const deployment = record.deployments.find(({ id }) => id === task.startedBy);
  return {
    id: task.id,
    deploymentId: task.startedBy ?? "",
    zone: task.zone,
    createdAt: task.createdAt,
    phase,
    status: task.lastStatus,
    isUnnoticed: phase === "leaving" && isAttached && task.stopCode === "EssentialContainerExited",
    isHealthy: isAlive && isHealthy(task, deployment, health, now),
    sickness: isAlive && isPastGrace(task, record, now) ? sicknessOf(task, deployment, health) : undefined,
    isProtected: protectedUntil !== undefined && protectedUntil > now,
    hasRun: task.startedAt !== undefined,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
  };
}

function phaseOf(task: TaskView): TaskFact["phase"] {
  const phase = phases[task.lastStatus];
  return task.desiredStatus === "STOPPED" && phase !== "gone" ? "leaving" : phase;
}

/** The table of minimumHealthyPercent, API_DeploymentConfiguration: every check there is must pass. */
function isHealthy(task: TaskView, deployment: DeploymentRecord | undefined, health: GroupHealth, now: Date): boolean {
  const places = placesOf(task, deployment);
  if (task.hasHealthCheck && task.health !== "HEALTHY") return false;
  if (places.length > 0) return places.every(({ group, key }) => health.get(group)?.get(key)?.state === "healthy");
  return task.hasHealthCheck || since(task.startedAt, now) >= timings.healthyWithoutChecks;
}

function isPastGrace(task: TaskView, record: ServiceRecord, now: Date): boolean {
  return since(task.startedAt, now) >= (record.healthCheckGracePeriodSeconds ?? 0) * 1000;
}

function sicknessOf(
  task: TaskView,
  deployment: DeploymentRecord | undefined,
  health: GroupHealth,
): Sickness | undefined {
  if (task.health === "UNHEALTHY") return { kind: "container" };
  for (const { group, key, port } of placesOf(task, deployment)) {
    const target = health.get(group)?.get(key);
    if (target?.state === "unhealthy") {
      return { kind: "target", group, port, reason: target.description ?? "Health checks failed" };
    }
  }
  return undefined;
}

/** Where the task is, or is to be, registered. */
export function placesOf(
  task: TaskView,
  deployment: Pick<DeploymentRecord, "revision"> | undefined,
): readonly { readonly group: string; readonly port: number; readonly key: string }[] {
  return (deployment?.revision.loadBalancers ?? []).map(({ targetGroupArn, containerPort }, index) => ({
    group: deployment?.revision.targetGroups[index] ?? targetGroupArn,
    port: containerPort,
    key: `${task.ip}:${containerPort}`,
  }));
}

const since = (from: Date | undefined, now: Date): number => (from ? now.getTime() - from.getTime() : -Infinity);
