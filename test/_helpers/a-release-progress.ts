import type { ReleaseProgress } from "../../automation/model/release/progress";

/** How a canary release of `web` stands in the bake of its first step, with what a test says otherwise. */
export const aReleaseProgress = (different: Partial<ReleaseProgress> = {}): ReleaseProgress => ({
  at: "1970-01-01T00:03:12.000Z",
  service: "web",
  phase: "bake",
  step: { number: 1, of: 2, percent: 10 },
  old: { version: "v1", desired: 2, running: 2, healthy: 2 },
  fresh: { version: "v2", desired: 2, running: 2, healthy: 2 },
  freshPercent: 10,
  weights: { blue: 90, green: 10 },
  firing: [],
  elapsedMs: 192_000,
  expectedMs: 720_000,
  note: "bakes for 4 min more",
  event: false,
  ...different,
});
