import type { Action } from "./action";
import { rolloutOf } from "./decide-deployment";
import { countFault, firing } from "./decide-gates";
import { cause, fail, interval, note, wait, waitBlind, type Scene, type SeenScene } from "./decide-scene";
import { fewest } from "./decide-sides";
import type { CheckResult } from "./observed";

/** New images in their slot; a restart has none and starts the tasks anew. */
export function decideProvision(scene: Scene): Action {
  const { plan, observed } = scene;
  if (observed.kind === "blind") return waitBlind(scene);
  return plan.restart && plan.mode === "rolling"
    ? { kind: "force-deployment", slot: plan.to.slot }
    : { kind: "provision" };
}

/** As many tasks in the idle slot as the live side has. */
export function decideScale(scene: Scene): Action {
  const { plan, observed } = scene;
  if (observed.kind === "blind") return waitBlind(scene);
  const count = fewest(plan);
  return { kind: "scale", slot: plan.to.slot, count, then: { kind: "scaled", count } };
}

/** Until all tasks and targets of our deployment are healthy, and the checks pass. */
export function decideAwait(scene: Scene): Action {
  const { plan, observed, stand, now } = scene;
  if (observed.kind === "blind") return waitBlind(scene);
  const seen: SeenScene = { ...scene, observed };
  const rollout = rolloutOf(seen);
  if (rollout.kind === "failed") return fail(scene, rollout.cause);
  const alarm = plan.mode === "rolling" ? firing(seen) : null;
  if (alarm !== null) return fail(scene, alarm);
  const taken = now - stand.since < settleMs ? null : countFault(seen);
  if (taken !== null) return fail(scene, taken);
  if (rollout.kind === "there") return verify(scene, observed.checks);
  const deadline = stand.awaitedSince + plan.provisionSeconds * 1000;
  if (now >= deadline) {
    const why = observed.crash === undefined ? rollout.text : `${rollout.text}\n${observed.crash.text}`;
    return fail(scene, cause("deadline", `Not healthy within ${plan.provisionSeconds} s: ${why}`));
  }
  return wait(now, rollout.text, deadline, rollout.kind === "ending" ? endingMs : interval(scene));
}

/** Whoever waits knows within 5 s that all is well; the records take some of it. */
const endingMs = 4_000;

/** ECS shows a new number of tasks within seconds. */
const settleMs = 30_000;

/** Two slots: nobody but the checks has used the new version yet. One slot: everybody does. */
function verify(scene: Scene, checks: CheckResult | undefined): Action {
  const { plan } = scene;
  const side = plan.mode === "slots" ? "idle" : "live";
  const wanted = side === "idle" ? plan.idleChecks : plan.liveChecks;
  if (wanted.length === 0) {
    const hasTargets = (plan.slots[plan.to.slot]?.targetGroups.length ?? 0) > 0;
    return note({ kind: "verified", by: hasTargets ? "targets" : "tasks" });
  }
  return checked(scene, side, checks) ?? note({ kind: "verified", by: "checks" });
}

/** What the checks of a side lead to; null when they have passed. */
export function checked(scene: Scene, side: "idle" | "live", checks: CheckResult | undefined): Action | null {
  if (checks === undefined) return { kind: "check", side };
  return checks.kind === "failed" ? fail(scene, cause("check-failed", checks.text)) : null;
}
