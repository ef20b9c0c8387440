import type { CompareLimits } from "../release/plan";

/** An instance that gets another version in this run. */
export interface FleetMove {
  readonly instance: string;
  /** What it runs before; the way back. */
  readonly from: string;
  readonly to: string;
}

/** An instance and the version that it runs, or should. */
export interface FleetMember {
  readonly instance: string;
  readonly version: string;
}

/** How a canary is watched beside the instances that this run leaves alone. */
export interface FleetWatch {
  readonly seconds: number;
  readonly intervalSeconds: number;
  /** Those that this run leaves alone; whoever has the new version already belongs to the canary. */
  readonly others: readonly FleetMember[];
  readonly limits: CompareLimits;
}

export type FleetType = "rolling" | "canary";

/** Everything about one run over a fleet that does not change while it goes on; frozen in its journal. */
export interface FleetPlan {
  readonly component: string;
  readonly version: string;
  readonly type: FleetType;
  /** Instances of the fleet, those that this run leaves alone as well. */
  readonly total: number;
  /** Instances that have the version before it begins. */
  readonly kept: number;
  /** In the order in which they are updated, one at a time. */
  readonly moves: readonly FleetMove[];
  /** What earlier runs did to bring the same version: a rollback by hand takes them back as well. */
  readonly earlier: readonly FleetMove[];
  readonly healthIntervalSeconds: number;
  readonly retries: number;
  /** @default a canary ends when it is healthy */
  readonly watch?: FleetWatch;
}

/** An instance and what it runs; null when nobody knows. */
export interface KnownInstance {
  readonly id: string;
  readonly version: string | null;
}

/** How many instances a canary is: rounded up, at least one, at most all. */
export const canarySize = (total: number, percent: number): number =>
  Math.min(total, Math.max(1, Math.ceil((total * percent) / 100)));

/**
 * Which instances a run touches: those on another version, by id. A canary stops when its share of all instances has
 * the version, those that had it before included.
 */
export function chooseInstances<T extends KnownInstance>(
  instances: readonly T[],
  version: string,
  type: FleetType,
  canaryPercent: number,
): readonly T[] {
  const old = instances.filter((instance) => instance.version !== version).sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = type === "rolling" ? instances.length : canarySize(instances.length, canaryPercent);
  return old.slice(0, Math.max(0, wanted - (instances.length - old.length)));
}
