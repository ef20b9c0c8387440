/** How much of a vCPU a program takes: a simple model of a web service, documented as such. */
const model = {
  /** Percent of the reservation that an idle program takes. */
  idlePercent: 2,
  /** Milliseconds of one vCPU that a request costs. */
  cpuMsPerRequest: 2,
  /** MiB that a program takes before its first request. */
  baseMib: 96,
  /** MiB for each request per second. */
  mibPerRequestPerSecond: 0.5,
  /** A program that is not out of memory stays below this. */
  memoryLimitPercent: 95,
} as const;

/** @param cpuUnits that are reserved; 1024 are one vCPU */
export function cpuPercent(requestsPerSecond: number, cpuUnits: number): number {
  const vcpus = Math.max(cpuUnits, 1) / 1024;
  const percent = model.idlePercent + (requestsPerSecond * model.cpuMsPerRequest) / 10 / vcpus;
  return Math.min(100, rounded(percent));
}

/**
 * @param memoryMib that is reserved
 * @param shareOfLeak how near the end is that a lack of memory will make: 0 to 1
 */
export function memoryPercent(
  programs: number,
  requestsPerSecond: number,
  memoryMib: number,
  shareOfLeak: number,
): number {
  const used = programs * model.baseMib + requestsPerSecond * model.mibPerRequestPerSecond;
  const percent = Math.min(model.memoryLimitPercent, (used / Math.max(memoryMib, 1)) * 100);
  return rounded(percent + (100 - percent) * Math.min(1, Math.max(0, shareOfLeak)));
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
