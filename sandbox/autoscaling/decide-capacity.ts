import type { NotScaled, ScalableTarget, ScalingActivity } from "./model";

/** What one policy would have. `hold`: neither of its alarms is in ALARM, so it does not agree to less. */
export type Wish =
  { readonly kind: "out" | "in"; readonly capacity: number } | { readonly kind: "hold"; readonly mayScaleIn: boolean };

export interface CapacityFacts {
  readonly now: Date;
  readonly target: Pick<ScalableTarget, "min" | "max" | "suspended">;
  readonly desired: number;
  readonly running: number;
  /** While one goes on nothing is taken away: "service auto scaling" in the ECS developer guide. */
  readonly isDeploying: boolean;
  /** Of all policies of the target. */
  readonly wishes: readonly Wish[];
  readonly lastOut: Past | undefined;
  readonly lastIn: Past | undefined;
  /** Of the policy that asks. */
  readonly cooldownMs: { readonly in: number; readonly out: number };
}

type Past = Pick<ScalingActivity, "startedAt" | "endedAt" | "change" | "status">;

export type Decision =
  | { readonly kind: "set"; readonly capacity: number }
  | { readonly kind: "not-scaled"; readonly reason: NotScaled }
  /** A cooldown, a suspension, or nothing that anybody wants: not told of. */
  | { readonly kind: "nothing" };

/** What becomes of the count. Out if any policy wants it, in only if all do; the largest capacity wins. */
export function decideCapacity(facts: CapacityFacts): Decision {
  const outs = facts.wishes.flatMap((wish) => (wish.kind === "out" ? [wish.capacity] : []));
  if (outs.length > 0) return scaleOut(facts, Math.max(...outs));
  const ins = facts.wishes.flatMap((wish) => (wish.kind === "in" ? [wish.capacity] : []));
  const isHeld = facts.wishes.some((wish) => wish.kind === "hold" && wish.mayScaleIn);
  return ins.length > 0 && !isHeld ? scaleIn(facts, Math.max(...ins)) : nothing;
}

const nothing: Decision = { kind: "nothing" };

function scaleOut(facts: CapacityFacts, capacity: number): Decision {
  const { target, desired, now, lastOut, cooldownMs } = facts;
  if (target.suspended.out) return nothing;
  const isCooling = lastOut !== undefined && now.getTime() - lastOut.startedAt.getTime() < cooldownMs.out;
  const wanted = isCooling ? inCooldown(facts, capacity) : capacity;
  if (desired >= target.max)
    return wanted > desired
      ? { kind: "not-scaled", reason: { code: "AlreadyAtMaxCapacity", max: target.max, current: desired } }
      : nothing;
  // Somebody set it below the range by hand: the first scale-out brings it back.
  const next = desired < target.min ? target.min : Math.min(wanted, target.max);
  return next > desired ? { kind: "set", capacity: next } : nothing;
}

/** Only a larger step than the last one is made, and the last one counts as a part of it. */
function inCooldown({ running, desired, lastOut }: CapacityFacts, capacity: number): number {
  const { from, to } = lastOut?.change ?? { from: desired, to: desired };
  const increase = capacity - Math.min(running, desired);
  return increase > to - from ? from + increase : desired;
}

function scaleIn(facts: CapacityFacts, capacity: number): Decision {
  const { target, desired, isDeploying } = facts;
  if (target.suspended.in || isCoolingAfter(facts)) return nothing;
  const next = desired > target.max ? target.max : Math.max(capacity, target.min);
  if (next >= desired)
    return desired === target.min && capacity < desired
      ? { kind: "not-scaled", reason: { code: "AlreadyAtMinCapacity", min: target.min, current: desired } }
      : nothing;
  if (isDeploying)
    return { kind: "not-scaled", reason: { code: "TargetServicePutResourceAsUnscalable", current: desired } };
  return { kind: "set", capacity: next };
}

/** From the end of the last scale-in, and while a scale-out takes effect. */
function isCoolingAfter({ now, lastIn, lastOut, cooldownMs }: CapacityFacts): boolean {
  const isOpen = lastIn?.status === "InProgress";
  const since = (lastIn?.endedAt ?? lastIn?.startedAt)?.getTime() ?? -Infinity;
  const sinceOut = lastOut?.startedAt.getTime() ?? -Infinity;
  return isOpen || now.getTime() - since < cooldownMs.in || now.getTime() - sinceOut < cooldownMs.out;
}

/**
 * The count that would bring the metric to its target: as many times more as it is over. The base is what runs, not what is
 * wanted ("service auto scaling"); rounded up, so that it is never too few.
 */
export function proportional(running: number, value: number, target: number): number {
  if (running === 0) return 1;
  // Metrics are sums of fractions: 1.0000000001 times as many is as many.
  return Math.ceil(Number(((running * value) / target).toFixed(6)));
}
