import { changeOptions, defineCommand, lockOptions } from "./command";
import { openReleaseOptions, reasonOption } from "./release-options";

export const releaseContinueCommand = defineCommand({
  name: "release continue",
  summary: "Go past a pause or the rest of a watch",
  effect: "change",
  needs: "stack",
  options: { ...openReleaseOptions, ...reasonOption, ...changeOptions, ...lockOptions },
  async run(context, { service, reason, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    const { goOn } = await import("../release/abort");
    return goOn(context, { service, reason, yes, dryRun, waitForLock });
  },
});
