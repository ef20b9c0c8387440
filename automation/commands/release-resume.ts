import { changeOptions, defineCommand, lockOptions } from "./command";
import { openReleaseOptions } from "./release-options";

export const releaseResumeCommand = defineCommand({
  name: "release resume",
  summary: "Go on with releases that nobody has in hand",
  effect: "change",
  needs: "stack",
  options: { ...openReleaseOptions, ...changeOptions, ...lockOptions },
  async run(context, { service, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    const { resume } = await import("../release/resume");
    return resume(context, { service, yes, dryRun, waitForLock });
  },
});
