import { cause, note, pollMs, wait } from "./decide-scene";
import type { NativeAction } from "./native";
import {
  appearsWithinMs,
  isFinal,
  isGoingBack,
  reasonOf,
  textOf,
  waitingHook,
  type NativeScene,
  type SeenNative,
} from "./native-facts";

/** Deployments of the old images that ECS ends; then somebody has to look. */
const mostRestores = 3;
/** Between two tries of what AWS did not take. */
const retryMs = 10_000;

/**
 * The way back. While the deployment runs, ECS' own way is the quickest: it sets weights, and no task has to start for
 * it. Afterwards the stack must remember the old images again, and the engine does that with a revision of the same
 * content, which ECS deploys like any other: old version to old version, its traffic never anywhere else.
 */
export function decideNativeRestore(scene: NativeScene, observed: SeenNative): NativeAction {
  const { stand, now } = scene;
  const again = stand.failedAt + retryMs;
  if (stand.failures > 0 && now < again) return wait(now, "trying again in a moment", again, retryMs);
  if (stand.phase === "end-back") return note({ kind: "closed", outcome: "rolled-back" });
  return stand.restoredId === null ? beforeRestore(scene, observed) : afterRestore(scene, observed);
}

function beforeRestore(scene: NativeScene, { deployment }: SeenNative): NativeAction {
  const { stand, now } = scene;
  if (deployment !== null && isGoingBack(deployment)) return wait(now, `ECS goes back: ${reasonOf(deployment)}`);
  if (deployment !== null && !isFinal(deployment)) return { kind: "take-back", deployment: deployment.arn };
  return stand.restores >= mostRestores
    ? stuck(scene, `the old images were put in place ${stand.restores} times`)
    : { kind: "restore" };
}

function afterRestore(scene: NativeScene, { deployment }: SeenNative): NativeAction {
  const { stand, now } = scene;
  if (deployment === null || deployment.arn !== stand.restoredId)
    return now < stand.since + appearsWithinMs
      ? wait(now, "ECS does not show the deployment yet")
      : stuck(scene, `ECS does not know the deployment ${stand.restoredId} any more`);
  if (deployment.status === "SUCCESSFUL") return note({ kind: "closed", outcome: "rolled-back" });
  if (isGoingBack(deployment)) return wait(now, `ECS ends it: ${reasonOf(deployment)}`);
  if (isFinal(deployment))
    return stand.restores >= mostRestores
      ? stuck(scene, `ECS ended ${stand.restores} deployments of the old images: ${reasonOf(deployment)}`)
      : { kind: "restore" };
  const hook = waitingHook(deployment);
  // It is the version that serves already: nobody has anything to look at.
  if (hook !== undefined) return { kind: "continue", deployment: deployment.arn, hookId: hook.id };
  const deadline = stand.since + allowedMs(scene);
  if (now >= deadline) return stuck(scene, `the deployment of the old images did not end: ${textOf(deployment)}`);
  return wait(now, `the old version again, ${textOf(deployment)}`, deadline, pollMs);
}

/** All its steps, and the tasks twice: to start the new ones and to stop the others. */
const allowedMs = ({ plan }: NativeScene): number =>
  (plan.steps.reduce((sum, { bakeSeconds }) => sum + bakeSeconds, 0) + 2 * plan.provisionSeconds) * 1000;

function stuck({ stand }: NativeScene, why: string): NativeAction {
  const text = `${stand.cause?.text ?? "It turned back"}\nWhat the stack remembers is not what runs: ${why}`;
  return note({ kind: "closed", outcome: "stuck", cause: cause(stand.cause?.kind ?? "changed-elsewhere", text) });
}
