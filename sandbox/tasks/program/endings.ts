import type { Behaviour } from "../../model/behaviour";

/** How a container ended. */
export interface Ending {
  readonly exitCode: number;
  readonly reason?: string;
}

/** SIGKILL: 128 + 9. */
export const killed: Ending = { exitCode: 137 };

/** Text of the agent for a container that the kernel has killed. */
export const outOfMemory: Ending = {
  exitCode: 137,
  reason: "OutOfMemoryError: Container killed due to memory usage",
};

/** When a program ends by itself, in milliseconds after its start, and how; undefined for one that goes on. */
export function endingOf({
  crashAfterSeconds,
  outOfMemoryAfterSeconds,
}: Behaviour): { readonly afterMs: number; readonly ending: Ending } | undefined {
  const crash = crashAfterSeconds === undefined ? Infinity : crashAfterSeconds * 1000;
  const memory = outOfMemoryAfterSeconds === undefined ? Infinity : outOfMemoryAfterSeconds * 1000;
  if (crash === Infinity && memory === Infinity) return undefined;
  return memory <= crash ? { afterMs: memory, ending: outOfMemory } : { afterMs: crash, ending: { exitCode: 1 } };
}
