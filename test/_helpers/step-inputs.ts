import type { StepInput } from "../../automation/release/plan-steps";

/** A service with two slots behind the load balancer. */
export const twoSlots = (changes: Partial<StepInput> = {}): StepInput => ({
  service: "web",
  release: { strategy: "canary", controller: "slipway", steps: undefined },
  slots: 2,
  loadBalanced: true,
  words: {},
  ...changes,
});

/** A rolling service. */
export const oneSlot = (changes: Partial<StepInput> = {}): StepInput =>
  twoSlots({ release: { strategy: "rolling", controller: "slipway", steps: undefined }, slots: 1, ...changes });
