import { cancel } from "../stack/cancel";
import { changeOptions, defineCommand, lockOptions } from "./command";

export const cancelCommand = defineCommand({
  name: "cancel",
  summary: "End a run that another process left behind",
  effect: "change",
  needs: "stack",
  options: { ...changeOptions, ...lockOptions },
  async run(context, { yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    return cancel(context, { yes, dryRun, waitForLock });
  },
});
