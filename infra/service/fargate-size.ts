/** Size of a Fargate task: cpu in units (1024 = 1 vCPU), memory in MiB. */
export interface FargateSize {
  readonly cpu: number;
  readonly memory: number;
}

/** The sizes one cpu value allows: from `least` to `most` MiB in steps of `step`. */
interface MemoryRange {
  readonly cpu: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const gib = 1024;

/**
 * Source: ECS developer guide, "Invalid CPU or memory value specified". 256 units also allow half a GiB, which is
 * no multiple of the usual step and so has a row of its own. 8192 and 16384 need Linux and platform 1.4.0 or later.
 */
const memoryRanges: readonly MemoryRange[] = [
  { cpu: 256, least: gib / 2, most: gib / 2, step: gib },
  { cpu: 256, least: gib, most: 2 * gib, step: gib },
  { cpu: 512, least: gib, most: 4 * gib, step: gib },
  { cpu: 1024, least: 2 * gib, most: 8 * gib, step: gib },
  { cpu: 2048, least: 4 * gib, most: 16 * gib, step: gib },
  { cpu: 4096, least: 8 * gib, most: 30 * gib, step: gib },
  { cpu: 8192, least: 16 * gib, most: 60 * gib, step: 4 * gib },
  { cpu: 16384, least: 32 * gib, most: 120 * gib, step: 8 * gib },
];

/** Every size that Fargate runs, from the smallest cpu and memory up. */
export const fargateSizes: readonly FargateSize[] = memoryRanges.flatMap(({ cpu, least, most, step }) =>
  Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => ({ cpu, memory: least + index * step })),
);

/**
 * The smallest size with at least as much of both: what runs on the asked size also runs on this one.
 * The largest size of all when nothing is as large as asked.
 */
export function nearestFargateSize(asked: FargateSize): FargateSize {
  const enough = fargateSizes.find(({ cpu, memory }) => cpu >= asked.cpu && memory >= asked.memory);
  return enough ?? largest;
}

/** What is wrong with a size, naming the nearest valid pair; nothing when Fargate runs it. */
export function fargateSizeFault(cpu: number, memory: number): string | undefined {
  if (fargateSizes.some((size) => size.cpu === cpu && size.memory === memory)) return undefined;
  const nearest = nearestFargateSize({ cpu, memory });
  return (
    `Fargate has no size with cpu ${cpu} and memory ${memory} MiB. ` +
    `The nearest valid pair is cpu ${nearest.cpu} with memory ${nearest.memory} MiB.`
  );
}

const largest: FargateSize = { cpu: 16384, memory: 120 * gib };
