import { changeOptions, defineCommand, lockOptions } from "./command";

export const rollbackPointsCleanupCommand = defineCommand({
  name: "rollback-points cleanup",
  summary: "Forget old rollback points; what runs, what is watched and the newest usable one stay",
  effect: "change",
  needs: "stack",
  options: {
    days: { type: "number", describe: "Older ones go: 30 days when neither is given" },
    count: { type: "number", describe: "Instead: so many of the newest stay" },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, { days, count, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    const { pointsCleanup } = await import("../release/points-cleanup");
    return pointsCleanup(context, { days, count, yes, dryRun, waitForLock });
  },
});
