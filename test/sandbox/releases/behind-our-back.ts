import type { Context } from "../../../automation/context";
import type { ServicePlan } from "../../../automation/model/release/plan";
import { refOf } from "../../../automation/release/act";
import type { Slot } from "../../../infra/releases";
import { isOfWayBack, type Place } from "./places";

/** Whom a release relies on in a place: the new side forward, the old one on the way back. */
const reliedOn = ({ from, to }: ServicePlan, place: Place): Slot => (isOfWayBack(place) ? from.slot : to.slot);

/** Nobody looks again after these: what is changed there is changed after the release. */
const isLast = (place: Place): boolean => place === "retire" || place === "retire-new";

/** What somebody else changes at AWS while a release is where it is. */
export const behindOurBack = {
  weights: async ({ traffic }: Context, { routes }: ServicePlan) => traffic.setWeights(routes, { blue: 60, green: 40 }),
  /** No task at all, but one at the very end. */
  count: async ({ containers }: Context, plan: ServicePlan, place: Place) =>
    containers.setCount(refOf(plan, reliedOn(plan, place)), isLast(place) ? 1 : 0),
  deployment: async ({ containers }: Context, plan: ServicePlan, place: Place) => {
    await containers.forceDeployment(refOf(plan, reliedOn(plan, place)));
  },
} as const;

export type Change = keyof typeof behindOurBack;
