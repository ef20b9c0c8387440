import type { ServicePlan } from "../model/release/plan";

/** An engine run of a few resources, measured in the sandbox and rounded up. */
const engineMs = 8_000;
/** Start of Fargate tasks until their targets are healthy: 60 s for the image and the program, 30 s for two looks of the load balancer. */
const startMs = 90_000;
/** ECS replaces tasks one after the other and waits until the old ones have left (aws-ecs-deploy's README: 196 s for one task). */
const rollMs = 180_000;

/** How long a release that goes well takes, within its plan; an estimate for people. */
export function expectedMs({ mode, steps, warmSeconds, provisionSeconds }: ServicePlan): number {
  const bakeMs = steps.reduce((sum, { bakeSeconds }) => sum + bakeSeconds, 0) * 1_000;
  const tasksMs = Math.min(mode === "rolling" ? rollMs : startMs, provisionSeconds * 1_000);
  return engineMs + tasksMs + bakeMs + engineMs + warmSeconds * 1_000;
}
