import type { Cause } from "./cause";
import { cause, type SeenScene } from "./decide-scene";
import { fewest, groupsOf, healthyOf, standing } from "./decide-sides";
import type { DeploymentView, ServiceView } from "./observed";

/** How the new tasks are doing. */
export type Rollout =
  | { readonly kind: "failed"; readonly cause: Cause }
  | { readonly kind: "coming"; readonly text: string }
  /** All of it is there and healthy; ECS still has old tasks to end before it says so. */
  | { readonly kind: "ending"; readonly text: string }
  | { readonly kind: "there" };

/** As many tasks that stop prove that it is not chance. */
const crashes = 2;

/** How our own deployment is doing, known by its id: a task definition may be used by somebody else's as well. */
export function rolloutOf(scene: SeenScene): Rollout {
  const broken = brokenOf(scene);
  if (broken !== null) return { kind: "failed", cause: broken };
  const { plan, observed, stand } = scene;
  const view = observed.slots[plan.to.slot];
  const ours = view?.service.deployments.find(({ id }) => id === stand.deploymentId);
  if (ours === undefined) return { kind: "coming", text: "ECS does not show the deployment yet" };
  const text = `${ours.running} of ${ours.desired} tasks run${targetsText(scene)}`;
  const isHealthy =
    ours.status === "PRIMARY" &&
    ours.desired > 0 &&
    (plan.mode !== "slots" || ours.desired >= fewest(plan)) &&
    ours.running === ours.desired &&
    groupsOf(plan, observed, plan.to.slot).every((targets) => areHealthy(standing(targets), ours.desired));
  if (!isHealthy) return { kind: "coming", text };
  return ours.rolloutState === "COMPLETED" ? { kind: "there" } : { kind: "ending", text };
}

/** What has happened to the deployment that it does not recover from; null when nothing has. */
export function brokenOf(scene: SeenScene): Cause | null {
  const { plan, observed, stand } = scene;
  const service = observed.slots[plan.to.slot]?.service;
  const { serviceName = plan.service } = plan.slots[plan.to.slot] ?? {};
  if (service?.status !== "ACTIVE")
    return cause("changed-elsewhere", `ECS service ${serviceName} is ${service?.status ?? "not there"}`);
  const ours = service.deployments.find(({ id }) => id === stand.deploymentId);
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  if (wasTakenBack(scene, service, ours, primary))
    return cause(
      plan.mode === "slots" ? "provision-failed" : "ecs-rolled-back",
      [`ECS gave up on deployment ${stand.deploymentId}`, reasonOf(scene, service, ours)].join(": "),
    );
  if (primary !== undefined && primary.id !== stand.deploymentId)
    return cause(
      "changed-elsewhere",
      `${serviceName} has deployment ${primary.id} of ${primary.taskDefinition}, which this release did not start`,
    );
  const stopped = Math.max(observed.crash?.stopped ?? 0, ours?.failedTasks ?? 0);
  return stopped >= crashes
    ? cause("crash-loop", observed.crash?.text ?? `${stopped} tasks of ${stand.deploymentId} have stopped`)
    : null;
}

/** Whether ECS runs the old version again, or has said that it will. */
function wasTakenBack(
  { plan, stand }: SeenScene,
  service: ServiceView,
  ours: DeploymentView | undefined,
  primary: DeploymentView | undefined,
): boolean {
  if (ours?.rolloutState === "FAILED") return true;
  const old = plan.from.taskDefinition;
  // What was PRIMARY when the engine was done may already have been the old version again.
  const isOld = plan.mode === "rolling" && !plan.restart && old !== undefined && primary?.taskDefinition === old;
  if (isOld || primary === undefined || primary.id === stand.deploymentId) return isOld;
  return /rolling back/i.test(primary.rolloutStateReason) || failureEvent(service, stand.deploymentId) !== undefined;
}

const failureEvent = ({ events }: ServiceView, id: string | null): string | undefined =>
  events.find(({ message }) => id !== null && message.includes(`${id})`) && /deployment failed/i.test(message))
    ?.message;

const reasonOf = ({ observed, stand }: SeenScene, service: ServiceView, ours: DeploymentView | undefined): string =>
  observed.crash?.text ??
  failureEvent(service, stand.deploymentId) ??
  (ours?.rolloutState === "FAILED" && ours.rolloutStateReason !== ""
    ? ours.rolloutStateReason
    : "it runs the old version");

const areHealthy = (targets: readonly { readonly state: string }[], wanted: number): boolean =>
  targets.length >= wanted && targets.every(({ state }) => state === "healthy");

/** `, 1 of 3 targets healthy (2 initial)`, for the group that has fewest. */
export function targetsText({ plan, observed }: SeenScene): string {
  const slot = plan.to.slot;
  const least = healthyOf(plan, observed, slot);
  const groups = groupsOf(plan, observed, slot);
  const targets = groups
    .map(standing)
    .find((group) => group.filter(({ state }) => state === "healthy").length === least);
  if (targets === undefined) return "";
  const others = targets.filter(({ state }) => state !== "healthy");
  const why = [...new Set(others.map(({ state, reason }) => [state, reason].filter((part) => part !== "").join(": ")))];
  return `, ${least} of ${targets.length} targets healthy${why.length === 0 ? "" : ` (${why.join("; ")})`}`;
}
