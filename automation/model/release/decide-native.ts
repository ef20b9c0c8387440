import type { Cause } from "./cause";
import { decideNativeRestore } from "./decide-native-restore";
import { cause, fail, interval, note, wait } from "./decide-scene";
import { standOf } from "./fold";
import type { Journal } from "./journal";
import type { HookView, NativeAction, NativeDeployment, NativeObserved } from "./native";
import {
  appearsWithinMs,
  isGoingBack,
  isPast,
  pauseText,
  reasonOf,
  textOf,
  waitingHook,
  type NativeScene,
  type SeenNative,
} from "./native-facts";
import type { ServicePlan } from "./plan";

/** As many tasks that stop prove that it is not chance. */
const crashes = 2;

/**
 * The next thing to do in a release whose traffic ECS itself shifts: it follows the deployment that it started, writes
 * down what ECS does, adds the checks that ECS does not know, and takes it back where ECS would not. Like `decide`, pure
 * and total.
 */
export function decideNative(plan: ServicePlan, observed: NativeObserved, journal: Journal, now: Date): NativeAction {
  const stand = standOf({ plan, entries: journal.entries });
  const scene: NativeScene = { plan, observed, stand, now: now.getTime() };
  const asked = askedBack(scene);
  if (asked !== null) return note({ kind: "turned-back", cause: asked });
  if (stand.phase === "halted" || stand.phase === "closed") return { kind: "stop" };
  if (observed.kind === "blind") return wait(scene.now, `AWS does not answer: ${observed.error}`);
  if (stand.direction !== "forward")
    return observed.failure === undefined
      ? decideNativeRestore(scene, observed)
      : note({ kind: "failed", cause: observed.failure });
  if (observed.failure !== undefined) return fail(scene, observed.failure);
  return forward(scene, observed);
}

function forward(scene: NativeScene, observed: SeenNative): NativeAction {
  const { plan, stand, now } = scene;
  if (stand.deploymentId === null)
    return plan.restart ? { kind: "force-deployment", slot: plan.to.slot } : { kind: "provision" };
  if (stand.phase === "prove") return proved(scene, observed) ?? note({ kind: "ready" });
  if (stand.phase === "finish") return note({ kind: "closed", outcome: "done" });
  if (stand.phase !== "commit") return follow(scene, observed);
  return observed.peers === "waiting"
    ? wait(now, "waits for the other services of this release")
    : { kind: "commit", live: plan.to.slot };
}

/** The way back that people or peers want is taken whatever the policy says. */
function askedBack({ stand, observed }: NativeScene): Cause | null {
  if (!stand.canGoBack) return null;
  if (stand.abort !== null) {
    const { by, reason } = stand.abort;
    return cause("aborted", `${by} wants it back${reason === undefined ? "" : `: ${reason}`}`);
  }
  return observed.peers === "failed" && !stand.isLeft
    ? cause("peer-failed", "Another service of this release failed, and all or none of them are released")
    : null;
}

/** Until that very deployment is through. What ECS has done is written down first, one thing at a time. */
function follow(scene: NativeScene, observed: SeenNative): NativeAction {
  const { plan, stand } = scene;
  const { deployment } = observed;
  if (deployment === null || deployment.arn !== stand.deploymentId)
    return scene.now < stand.since + appearsWithinMs
      ? wait(scene.now, "ECS does not show the deployment yet")
      : fail(scene, cause("changed-elsewhere", `ECS does not know the deployment ${stand.deploymentId} any more`));
  const ended = endOf(deployment, observed);
  // ECS has gone back already, so no policy is asked any more; one that it only stopped is still where it was.
  if (ended !== null && deployment.status !== "STOPPED") return note({ kind: "turned-back", cause: ended });
  if (ended !== null) return fail(scene, ended);
  if (isGoingBack(deployment)) return wait(scene.now, `ECS goes back: ${reasonOf(deployment)}`);
  const fault = faultOf(scene, observed, deployment);
  if (fault !== null) return fail(scene, fault);
  if (!stand.isVerified && isPast(deployment, "SCALE_UP")) return note({ kind: "verified", by: "targets" });
  return (
    pauseOf(scene, deployment) ??
    shiftOf(scene, deployment) ??
    checksInBake(scene, observed, deployment) ??
    (deployment.status === "SUCCESSFUL"
      ? note({ kind: "passed", step: plan.steps.length - 1 })
      : wait(scene.now, textOf(deployment), deadlineOf(scene), interval(scene)))
  );
}

/** Why ECS gave up on it; null while it has not. */
function endOf(deployment: NativeDeployment, { crash }: SeenNative): Cause | null {
  if (!["STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"].includes(deployment.status)) return null;
  const lines = [`ECS ended the deployment (${deployment.status}): ${reasonOf(deployment)}`, crash?.text];
  return cause("ecs-rolled-back", lines.filter((line) => line !== undefined).join("\n"));
}

/** What ECS may not see, or sees later: alarms that fired before it began, tasks that crash, and stages without an end. */
function faultOf(scene: NativeScene, observed: SeenNative, deployment: NativeDeployment): Cause | null {
  const { plan, now, stand } = scene;
  if (deployment.status === "SUCCESSFUL") return null;
  const firing = observed.alarms.filter(({ name, state }) => state === "ALARM" && plan.alarms.includes(name));
  if (firing.length > 0)
    return cause("alarm", firing.map(({ name, reason }) => (reason === "" ? name : `${name}: ${reason}`)).join("\n"));
  const { crash } = observed;
  if (crash !== undefined && crash.stopped >= crashes) return cause("crash-loop", crash.text);
  if (stand.pause !== null || now < deadlineOf(scene)) return null;
  const seconds = Math.round((now - stand.since) / 1000);
  return cause("deadline", `Nothing has changed for ${seconds} s: ${textOf(deployment)}`);
}

/** For the tasks to come up, or for a step and its bake; a pause has a limit of its own. */
const deadlineOf = ({ plan, stand }: NativeScene): number => {
  const bake = stand.isVerified ? (plan.steps[Math.max(0, stand.shifted)]?.bakeSeconds ?? 0) : 0;
  return stand.since + (plan.provisionSeconds + bake) * 1000;
};

/** ECS waits for somebody: it goes on by a word that came after the pause was there. */
function pauseOf({ stand, now }: NativeScene, deployment: NativeDeployment): NativeAction | null {
  const hook = waitingHook(deployment);
  if (stand.pause !== null && hook?.id !== stand.pause) return note({ kind: "continued", hookId: stand.pause });
  if (hook === undefined) return null;
  const paused = pausedAt(deployment, hook);
  if (stand.pause === null) return note(paused);
  return stand.isSkipped
    ? { kind: "continue", deployment: deployment.arn, hookId: hook.id }
    : wait(now, pauseText(paused));
}

const pausedAt = ({ stage }: NativeDeployment, { id, expiresAt, otherwise }: HookView) =>
  ({ kind: "paused", hookId: id, stage: stage ?? "", until: expiresAt, otherwise }) as const;

/** Each step is over when the next one begins, and the last one when the deployment is. */
function shiftOf({ plan, stand }: NativeScene, { target, status }: NativeDeployment): NativeAction | null {
  const percent = status === "SUCCESSFUL" ? 100 : target.production;
  if (percent <= stand.percent) return null;
  if (stand.shifted >= stand.passed) return note({ kind: "passed", step: stand.shifted });
  const reached = plan.steps.findIndex((step) => step.percent >= percent);
  return note({ kind: "shifted", step: reached === -1 ? plan.steps.length - 1 : reached, percent });
}

/** While the old tasks still run, so that a wrong answer costs a change of weights and no new deployment. */
function checksInBake(scene: NativeScene, observed: SeenNative, deployment: NativeDeployment): NativeAction | null {
  const { plan, stand } = scene;
  const isAll = deployment.target.production >= 100 && isPast(deployment, "PRODUCTION_TRAFFIC_SHIFT");
  if (!isAll || stand.isReady || plan.liveChecks.length === 0 || deployment.status === "SUCCESSFUL") return null;
  return proved(scene, observed) ?? note({ kind: "ready" });
}

/** What the checks where everybody comes in lead to; null when they have passed, or there are none. */
function proved(scene: NativeScene, { checks }: SeenNative): NativeAction | null {
  if (scene.plan.liveChecks.length === 0) return null;
  if (checks === undefined) return { kind: "check", side: "live" };
  return checks.kind === "failed" ? fail(scene, cause("check-failed", checks.text)) : null;
}
