import type { ServiceConfig } from "./schema";

type Release = ServiceConfig["release"];

/** A share of the traffic for the new version, in percent, and how long it is watched. */
export interface Step {
  readonly percent: number;
  readonly bakeSeconds: number;
}

/**
 * Steps of each strategy where neither configuration nor command line gives any. A rolling release has no split: its
 * one step is the watch after ECS has replaced the tasks.
 */
export const defaultSteps: Readonly<Record<Release["strategy"], readonly Step[]>> = {
  rolling: [{ percent: 100, bakeSeconds: 60 }],
  "blue-green": [{ percent: 100, bakeSeconds: 300 }],
  canary: [
    { percent: 10, bakeSeconds: 600 },
    { percent: 100, bakeSeconds: 300 },
  ],
  linear: [20, 40, 60, 80, 100].map((percent) => ({ percent, bakeSeconds: 120 })),
};

/** The steps that configuration asks for, or those of its strategy. */
export const stepsOf = ({ steps, strategy }: Pick<Release, "steps" | "strategy">): readonly Step[] =>
  steps ?? defaultSteps[strategy];
