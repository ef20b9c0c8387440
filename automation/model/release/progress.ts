import type { Weights } from "./plan";

/** Parts of a release that people are told about, in their order; `back` is the way back. */
export const releasePhases = [
  "preflight",
  "provision",
  "verify",
  "shift",
  "bake",
  "commit",
  "warm",
  "retire",
  "back",
  "watch",
] as const;
export type ReleasePhase = (typeof releasePhases)[number];

export interface SideProgress {
  readonly version: string;
  readonly desired: number;
  readonly running: number;
  /** Healthy targets, or running tasks without a load balancer. */
  readonly healthy: number;
}

/** How the release of one service stands; sent with every look at AWS and with everything that is done. */
export interface ReleaseProgress {
  /** ISO 8601, by the clock of the cloud. */
  readonly at: string;
  readonly service: string;
  readonly phase: ReleasePhase;
  /** Of the plan's steps, counted from 1; null outside `shift` and `bake`. */
  readonly step: { readonly number: number; readonly of: number; readonly percent: number } | null;
  readonly old: SideProgress;
  readonly fresh: SideProgress;
  /** Share of the new version in percent; null without a split. */
  readonly freshPercent: number | null;
  readonly weights: Weights | null;
  /** Names of release alarms that fire. */
  readonly firing: readonly string[];
  readonly elapsedMs: number;
  /** For the whole release, by the plan; null when nobody can say. */
  readonly expectedMs: number | null;
  /** What it waits for, or what was just done: `2 of 3 targets healthy`. */
  readonly note: string;
  /** True for what was done or decided, false for what was only seen. */
  readonly event: boolean;
}
