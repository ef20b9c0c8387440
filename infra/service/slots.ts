import type { ServiceConfig } from "../config/schema";
import { slotsOf, type Images, type ServiceRelease, type Slot } from "../releases";

/** One ECS service to declare: what it runs, and which of its properties the program leaves alone. */
export interface SlotPlan {
  readonly slot: Slot;
  readonly live: boolean;
  readonly images: Images;
  /** Tasks at creation, and afterwards unless it is left alone. */
  readonly desiredCount: number;
  /** The count belongs to the scaling (live slot) or to the release driver (idle slot), not to the program. */
  readonly ignoresDesiredCount: boolean;
  /** Behind every ECS name of the slot, so that blue keeps the plain documented name. */
  readonly suffix: "" | "-green";
}

/** The slots of a service: all of them run their own images, and only the live one has tasks. */
export function planSlots(service: ServiceConfig, release: ServiceRelease): readonly SlotPlan[] {
  return slotsOf(service).map((slot) => {
    const live = slot === release.live;
    return {
      slot,
      live,
      images: release.slots[slot]?.images ?? {},
      desiredCount: live ? firstCount(service) : 0,
      ignoresDesiredCount: !live || service.autoscaling !== undefined,
      suffix: suffixOf(slot),
    };
  });
}

/** What tells the names of two slots apart. */
export function suffixOf(slot: Slot): SlotPlan["suffix"] {
  return slot === "blue" ? "" : "-green";
}

/** Registering a scalable target moves the count into its range at once, so the service starts inside it. */
function firstCount({ desiredCount, autoscaling }: ServiceConfig): number {
  if (autoscaling === undefined) return desiredCount;
  return Math.min(Math.max(desiredCount, autoscaling.min), autoscaling.max);
}
