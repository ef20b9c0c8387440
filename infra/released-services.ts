import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "./config/schema";
import type { PreviousOutputs } from "./previous-outputs";
import { nativeServices, slots, slotsOf } from "./releases";

type Previous = Pick<PreviousOutputs, "releases" | "nativeServices">;

/** Services whose rules have named two target groups since an earlier run, and still shall: their split is no longer the program's. */
export function releasedServices({ releases, nativeServices: before }: Previous, config: StackConfig): Set<string> {
  const twoSlots = Object.entries(config.services).filter(
    ([name, service]) =>
      slotsOf(service).length === 2 && slots.every((slot) => releases[name]?.slots[slot] !== undefined),
  );
  const native = nativeServices(config).filter((name) => before.includes(name));
  return new Set([...twoSlots.map(([name]) => name), ...native]);
}

/**
 * ECS leaves the tasks in either target group, and nothing here knows in which: rules and services that are made anew for
 * another controller could send everybody to the empty one.
 *
 * @throws pulumi.RunError when a service is to leave ECS' own controller
 */
export function refuseLeavingEcs({ nativeServices: before }: Previous, config: StackConfig): void {
  const native = nativeServices(config);
  const leaving = before.filter((name) => config.services[name] !== undefined && !native.includes(name));
  if (leaving.length === 0) return;
  throw new pulumi.RunError(
    `${leaving.join(", ")}: ECS itself shifts the traffic, and may have the tasks in either target group, so the service ` +
      "cannot be taken over while it serves. Nothing was changed. Keep `release.controller: ecs`, or add the service " +
      "under another name, move its paths and hosts there, and remove this one.",
  );
}
