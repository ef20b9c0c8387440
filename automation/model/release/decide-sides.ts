import type { Slot } from "../../../infra/releases";
import type { Seen } from "./decide-scene";
import type { TargetView } from "./observed";
import type { ServicePlan, Weights } from "./plan";

/** Those that get requests, or are to; draining ones finish what they have. */
export const standing = (targets: readonly TargetView[]): readonly TargetView[] =>
  targets.filter(({ state }) => state !== "draining");

const healthyIn = (targets: readonly TargetView[]): number => targets.filter(({ state }) => state === "healthy").length;

/** Targets of a slot by group; a group that nobody has asked for has none. */
export const groupsOf = (plan: ServicePlan, seen: Seen, slot: Slot): readonly (readonly TargetView[])[] =>
  (plan.slots[slot]?.targetGroups ?? []).map((_, index) => seen.slots[slot]?.targets[index] ?? []);

/** Healthy targets in the group that has fewest; running tasks where there is no load balancer. */
export function healthyOf(plan: ServicePlan, seen: Seen, slot: Slot): number {
  const groups = groupsOf(plan, seen, slot);
  return groups.length === 0 ? (seen.slots[slot]?.service.running ?? 0) : Math.min(...groups.map(healthyIn));
}

/** Whether a slot can take requests, and not only until its last tasks are gone. */
export const canServe = (plan: ServicePlan, seen: Seen, slot: Slot): boolean =>
  wantedOf(seen, slot) > 0 && healthyOf(plan, seen, slot) > 0;

/** Tasks wanted in a slot; none where there is no such service. */
export const wantedOf = (seen: Seen, slot: Slot): number => seen.slots[slot]?.service.desired ?? 0;

/** As few tasks as a side that serves may have. */
export const fewest = ({ count }: ServicePlan): number => Math.max(1, count);

/** The split that gives the new side so much, in percent. */
export const split = ({ from, to }: ServicePlan, percent: number): Weights =>
  ({ [from.slot]: 100 - percent, [to.slot]: percent }) as Record<Slot, number>;

/** The share of the new side at every route, in percent; null where weights do not add up to 100 or a route is gone. */
export const sharesOf = (plan: ServicePlan, { routes = [] }: Seen): readonly (number | null)[] =>
  plan.routes.map(({ arn }) => {
    const weights = routes.find((route) => route.arn === arn)?.weights;
    if (weights === undefined) return null;
    const share = weights[plan.to.slot];
    return share + weights[plan.from.slot] === 100 ? share : null;
  });

/** Whether every route gives the new side exactly so much. */
export const isSplit = (plan: ServicePlan, seen: Seen, percent: number): boolean =>
  sharesOf(plan, seen).every((share) => share === percent);

/** Whether a slot gets anything at any route. */
export const hasWeight = ({ routes = [] }: Seen, slot: Slot): boolean =>
  routes.some(({ weights }) => weights[slot] > 0);
