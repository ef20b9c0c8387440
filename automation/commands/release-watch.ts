import { changeOptions, defineCommand, lockOptions } from "./command";
import { openReleaseOptions } from "./release-options";

export const releaseWatchCommand = defineCommand({
  name: "release watch",
  summary: "Watch what was released lately, and take it back when an alarm fires",
  effect: "change",
  needs: "stack",
  options: {
    ...openReleaseOptions,
    once: { type: "boolean", default: false, describe: "Look once and end, for a timer that comes again" },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, { service, once, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    const { watch } = await import("../release/watch");
    return watch(context, { service, once, yes, dryRun, waitForLock });
  },
});
