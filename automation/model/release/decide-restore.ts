import type { Action } from "./action";
import { cause, interval, note, wait, type Scene, type SeenScene } from "./decide-scene";
import { fewest, groupsOf, standing } from "./decide-sides";
import type { Cause } from "./cause";

/** Somebody else's deployments are replaced so often; then somebody has to look. */
const mostRestores = 5;

/** The old images in the one slot, also when ECS has taken its tasks back: the stack has to remember what runs. */
export const decideRestore = (scene: Scene): Action =>
  scene.stand.restores >= mostRestores
    ? stuck(scene, `the old images were put in place ${scene.stand.restores} times`)
    : { kind: "restore" };

/** Until the deployment of the old images is through. */
export function decideAwaitRestore(scene: Scene): Action {
  const { plan, observed, stand, now } = scene;
  if (observed.kind === "blind") return wait(now, `AWS does not answer: ${observed.error}`);
  const service = observed.slots[plan.from.slot]?.service;
  const primary = service?.deployments.find(({ status }) => status === "PRIMARY");
  const ours = service?.deployments.find(({ id }) => id === stand.restoredId);
  if (primary !== undefined && primary.id !== stand.restoredId) return decideRestore(scene);
  if (ours?.rolloutState === "FAILED") return stuck(scene, `ECS gave up on it: ${ours.rolloutStateReason}`);
  if (
    ours?.rolloutState === "COMPLETED" &&
    ours.desired > 0 &&
    ours.running >= ours.desired &&
    areHealthy({ ...scene, observed })
  )
    return note({ kind: "closed", outcome: "rolled-back" });
  // A service that somebody has taken down in between serves nobody.
  const { slot } = plan.from;
  const count = fewest(plan);
  if (ours?.desired === 0) return { kind: "scale", slot, count, then: { kind: "scaled", count } };
  const deadline = stand.since + plan.provisionSeconds * 1000;
  const text =
    ours === undefined ? "ECS does not show the deployment yet" : `${ours.running} of ${ours.desired} tasks run`;
  if (now >= deadline)
    return stuck(scene, `the old version was not healthy within ${plan.provisionSeconds} s: ${text}`);
  return wait(now, text, deadline, interval(scene));
}

function areHealthy({ plan, observed }: SeenScene): boolean {
  const wanted = observed.slots[plan.from.slot]?.service.desired ?? 0;
  return groupsOf(plan, observed, plan.from.slot).every((targets) => {
    const those = standing(targets);
    return those.length >= wanted && those.every(({ state }) => state === "healthy");
  });
}

function stuck({ stand }: Scene, why: string): Action {
  const found: Cause = cause(
    stand.cause?.kind ?? "unhealthy",
    `${stand.cause?.text ?? "It turned back"}\nThere is no way back: ${why}`,
  );
  return note({ kind: "closed", outcome: "stuck", cause: found });
}
