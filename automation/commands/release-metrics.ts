import { defineCommand } from "./command";

export const releaseMetricsCommand = defineCommand({
  name: "release metrics",
  summary:
    "Show how often, how fast and how well is released: deployment frequency, lead time, failures, time to restore",
  effect: "read",
  needs: "stack",
  options: { days: { type: "number", default: 30, describe: "How far back" } },
  async run(context, { days }) {
    const { releaseMetrics } = await import("../release/figures-report");
    return releaseMetrics(context, { days });
  },
});
