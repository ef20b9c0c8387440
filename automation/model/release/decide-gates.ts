import type { Cause } from "./cause";
import { brokenOf, targetsText } from "./decide-deployment";
import { cause, type SeenScene } from "./decide-scene";
import { fewest, groupsOf, healthyOf, sharesOf, wantedOf } from "./decide-sides";
import type { Seen } from "./decide-scene";
import type { ServicePlan } from "./plan";

/** Whether something that the gates look at was not asked for: right after a note, which no look follows. */
export const isHalfSeen = ({ routes, alarms }: Seen, plan: ServicePlan): boolean =>
  (alarms === undefined && plan.alarms.length > 0) ||
  (plan.mode === "slots" && routes === undefined && plan.routes.length > 0);

/** What speaks against going on once the new version gets requests, or is about to; null when nothing does. */
export const gate = (scene: SeenScene): Cause | null =>
  brokenOf(scene) ?? countFault(scene) ?? firing(scene) ?? unhealthy(scene);

/** Alarms that nobody has, or that have no figures, do not fire. */
export function firing({ plan, observed }: SeenScene): Cause | null {
  const found = (observed.alarms ?? []).filter(({ name, state }) => state === "ALARM" && plan.alarms.includes(name));
  return found.length === 0
    ? null
    : cause("alarm", found.map(({ name, reason }) => (reason === "" ? name : `${name}: ${reason}`)).join("\n"));
}

/** With one slot, and after the commit, the number of tasks is the configuration's and the scaling's. */
const leastOf = ({ plan, stand }: SeenScene): number =>
  plan.mode === "slots" && !stand.committing.forward ? fewest(plan) : 1;

/** Whether somebody has taken tasks of the new version away. */
export function countFault(scene: SeenScene): Cause | null {
  const { plan, observed } = scene;
  const wanted = wantedOf(observed, plan.to.slot);
  return wanted >= leastOf(scene)
    ? null
    : cause("changed-elsewhere", `${wanted} tasks are wanted in slot ${plan.to.slot}, and it takes ${leastOf(scene)}`);
}

/** Weights are what was given last, or what was announced and may have been given before a kill. */
export function weightFault({ plan, observed, stand }: SeenScene): Cause | null {
  if (plan.mode !== "slots") return null;
  const stray = sharesOf(plan, observed).findIndex(
    (share) => share !== stand.percent && (share === null || share !== stand.announced),
  );
  if (stray === -1) return null;
  const { arn } = plan.routes[stray] ?? { arn: "" };
  const weights = observed.routes?.find((route) => route.arn === arn)?.weights;
  const found =
    weights === undefined
      ? "does not split between the slots any more"
      : `has blue ${weights.blue}, green ${weights.green}`;
  return cause(
    "changed-elsewhere",
    `${arn} ${found}; slot ${plan.to.slot} was given ${stand.announced ?? stand.percent}`,
  );
}

/** Until the commit every task of the new slot has to be there; later tasks come and go with the load. */
function unhealthy(scene: SeenScene): Cause | null {
  const { plan, observed } = scene;
  const { slot } = plan.to;
  const hasBad = groupsOf(plan, observed, slot).some((group) => group.some(({ state }) => state === "unhealthy"));
  if (!hasBad && healthyOf(plan, observed, slot) >= leastOf(scene)) return null;
  const running = observed.slots[slot]?.service.running ?? 0;
  return cause("unhealthy", `${running} tasks run in slot ${slot}${targetsText(scene)}`);
}
