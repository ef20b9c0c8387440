import { allOn, type Releases, type ServiceRelease, type Slot } from "../../infra/releases";
import type { ServicePlan, SlotContent } from "../model/release/plan";

/** What the stack is to remember when the new images are in their slot: what is live stays so. */
export const whenProvisioned = (plan: ServicePlan): Releases => entry(plan, plan.from, [plan.from, plan.to]);

/** When the slot serves everybody. In a rolling service both have one slot, and it is the new version that does. */
export const whenCommitted = (plan: ServicePlan, live: Slot): Releases =>
  entry(plan, live === plan.to.slot ? plan.to : plan.from, [plan.from, plan.to]);

/** When a rolling service runs the old version again. */
export const whenRestored = (plan: ServicePlan): Releases => entry(plan, plan.from, [plan.from]);

/** Of two contents of one slot the later wins. */
function entry(plan: ServicePlan, live: SlotContent, contents: readonly SlotContent[]): Releases {
  const bySlot = contents.map(({ slot, images, version }) => [slot, { images, version }] as const);
  const release: ServiceRelease = {
    live: live.slot,
    slots: Object.fromEntries(bySlot),
    weights: allOn(live.slot),
  };
  return { [plan.service]: release };
}
