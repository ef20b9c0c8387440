import type { CircuitBreaker } from "../model";

/** How many tasks a rolling deployment must keep healthy, and may have. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** API_DeploymentConfiguration: the minimum is rounded up, the maximum down. */
export const limitsOf = (
  desired: number,
  { minimumHealthyPercent, maximumPercent }: { minimumHealthyPercent: number; maximumPercent: number },
): Limits => ({
  min: Math.ceil((desired * minimumHealthyPercent) / 100),
  max: Math.floor((desired * maximumPercent) / 100),
});

/** API_ThresholdConfiguration. */
const bounds = { least: 3, most: 200 };

/** How many failures trip the circuit breaker. */
export function breakerThreshold(desired: number, { type, value }: CircuitBreaker["thresholdConfiguration"]): number {
  if (type === "COUNT") return value;
  const share = Math.ceil((desired * value) / 100);
  return type === "UNBOUNDED_PERCENT" ? share : Math.min(bounds.most, Math.max(bounds.least, share));
}
