import { z } from "zod";
import type { ServiceConfig, StackConfig } from "./config/schema";

/** A service that can only roll has slot `blue`; the others have both. */
export const slots = ["blue", "green"] as const;
export type Slot = (typeof slots)[number];

/** Full image reference, `repository:tag` or `repository@digest`, by container name. */
const imagesSchema = z.record(z.string(), z.string());
export type Images = z.output<typeof imagesSchema>;

const serviceReleaseSchema = z.strictObject({
  live: z.enum(slots),
  slots: z.partialRecord(
    z.enum(slots),
    z.strictObject({
      images: imagesSchema,
      // The tag that was released; images are pinned to digests, which nobody can read.
      version: z.string().optional(),
    }),
  ),
  weights: z.strictObject({ blue: z.int().min(0).max(100), green: z.int().min(0).max(100) }),
});

/** What every service runs: the stack output `releases`, read back by the next run of the program. */
export const releasesSchema = z.record(z.string(), serviceReleaseSchema);
export type ServiceRelease = z.output<typeof serviceReleaseSchema>;
export type Releases = z.output<typeof releasesSchema>;

/** All traffic on one slot. */
export const allOn = (slot: Slot): ServiceRelease["weights"] =>
  slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };

/** The slots that a service has by its configuration. ECS itself shifts between two target groups of one. */
export function slotsOf(service: Pick<ServiceConfig, "release">): readonly Slot[] {
  return service.release.controller === "ecs" ? ["blue"] : targetSlotsOf(service);
}

/** The target groups that each of its containers has behind the load balancer. */
export function targetSlotsOf({ release }: Pick<ServiceConfig, "release">): readonly Slot[] {
  return release.strategy === "rolling" ? ["blue"] : slots;
}

/** Services whose traffic ECS itself shifts. */
export const nativeServices = ({ services }: Pick<StackConfig, "services">): readonly string[] =>
  Object.keys(services).filter((name) => services[name]?.release.controller === "ecs");

/**
 * The release a service begins with: the same in every slot, all traffic on blue.
 *
 * @param content @default the images of its configuration
 */
export function initialRelease(
  service: ServiceConfig,
  content: NonNullable<ServiceRelease["slots"][Slot]> = { images: configuredImages(service) },
): ServiceRelease {
  return {
    live: "blue",
    slots: Object.fromEntries(slotsOf(service).map((slot) => [slot, content])),
    weights: allOn("blue"),
  };
}

/**
 * What every configured service runs now: what this run was told, else what the stack remembers, else its first images.
 * A container that was added later starts with its configured image, and a second slot that was added later with the
 * images of the live one. Services and containers that are no longer configured disappear.
 */
export function mergeReleases(previous: Releases, passed: Releases, services: StackConfig["services"]): Releases {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => {
      const known = passed[name] ?? previous[name];
      return [name, known === undefined ? initialRelease(service) : fitted(known, service)];
    }),
  );
}

/** Services that run on a slot which their configuration no longer has: to build that would take the service down. */
export function strandedServices(releases: Releases, services: StackConfig["services"]): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const release = releases[name];
    return release === undefined || slotsOf(service).includes(release.live) ? [] : [name];
  });
}

function fitted(release: ServiceRelease, service: ServiceConfig): ServiceRelease {
  const first = configuredImages(service);
  const inSlot = (slot: Slot): NonNullable<ServiceRelease["slots"][Slot]> => {
    const { images = {}, version } = release.slots[slot] ?? release.slots[release.live] ?? {};
    return {
      images: Object.fromEntries(Object.entries(first).map(([name, image]) => [name, images[name] ?? image])),
      ...(version === undefined ? {} : { version }),
    };
  };
  return {
    live: release.live,
    slots: Object.fromEntries(slotsOf(service).map((slot) => [slot, inSlot(slot)])),
    weights: slotsOf(service).length === 1 ? allOn("blue") : release.weights,
  };
}

function configuredImages(service: ServiceConfig): Images {
  return Object.fromEntries(
    Object.entries(service.containers).map(([name, { image }]) => [name, `${image.repository}:${image.tag}`]),
  );
}
