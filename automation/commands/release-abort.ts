import { changeOptions, defineCommand, lockOptions } from "./command";
import { openReleaseOptions, reasonOption } from "./release-options";

export const releaseAbortCommand = defineCommand({
  name: "release abort",
  summary: "Take releases back, also those that another process runs",
  effect: "change",
  needs: "stack",
  options: {
    ...openReleaseOptions,
    ...reasonOption,
    forget: {
      type: "boolean",
      default: false,
      describe: "Only close the record of what nobody can take back any more; needs --reason, changes nothing at AWS",
    },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, { service, reason, forget, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    const { abort } = await import("../release/abort");
    return abort(context, { service, reason, forget, yes, dryRun, waitForLock });
  },
});
