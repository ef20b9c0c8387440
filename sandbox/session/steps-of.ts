/** What the sandbox does in some seconds even with several stacks in it: an answer comes before a client gives up. */
const oneStepMs = 2 * 3_600_000;

/** One request of a long step. */
export interface Step {
  readonly ms: number;
  readonly isLast: boolean;
}

/** Cuts a step of the clock into ones that are answered in time. */
export function stepsOf(stepMs: number): readonly Step[] {
  const count = Math.ceil(stepMs / oneStepMs);
  return Array.from({ length: count }, (_, index) => ({
    ms: Math.min(oneStepMs, stepMs - index * oneStepMs),
    isLast: index === count - 1,
  }));
}
