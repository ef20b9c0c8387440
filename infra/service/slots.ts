import type { ServiceConfig } from "../config/schema";
import { slotsOf, type Images, type ServiceRelease, type Slot } from "../releases";

/** One ECS service to declare: what it runs, and which of its properties the program leaves alone. */
export interface SlotPlan {
  readonly slot: Slot;
  readonly live: boolean;
  readonly images: Images;
  /** The tag that was released; the images may be pinned to digests. */
  readonly version?: string;
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
    const { images = {}, version } = release.slots[slot] ?? {};
    return {
      slot,
      live,
      images,
      ...(version === undefined ? {} : { version }),
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

/** Logical names of what belongs to one slot: the program declares by them, and a release addresses by them. */
export function slotNames(service: string, slot: Slot): Readonly<Record<"task" | "service" | "scaling", string>> {
  const suffix = suffixOf(slot);
  return { task: `${service}-task${suffix}`, service: `${service}-service${suffix}`, scaling: `${service}${suffix}` };
}

/** Logical name of the rights by which a service's tasks are started; they name the images' repositories. */
export const executionPolicyName = (service: string): string => `${service}-execution-policy`;
