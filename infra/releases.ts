import { z } from "zod";

/** A service that can only roll has slot `blue`; the others have both. */
export const slots = ["blue", "green"] as const;
export type Slot = (typeof slots)[number];

/** Full image reference, `repository:tag` or `repository@digest`, by container name. */
const imagesSchema = z.record(z.string(), z.string());

const serviceReleaseSchema = z.strictObject({
  live: z.enum(slots),
  slots: z.partialRecord(z.enum(slots), z.strictObject({ images: imagesSchema })),
  weights: z.strictObject({ blue: z.int().min(0).max(100), green: z.int().min(0).max(100) }),
});

/** What every service runs: the stack output `releases`, read back by the next run of the program. */
export const releasesSchema = z.record(z.string(), serviceReleaseSchema);
export type ServiceRelease = z.output<typeof serviceReleaseSchema>;
export type Releases = z.output<typeof releasesSchema>;
