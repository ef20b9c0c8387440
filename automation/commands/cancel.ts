import { cancel } from "../stack/cancel";
import { changeOptions, defineCommand } from "./command";

export const cancelCommand = defineCommand({
  name: "cancel",
  summary: "End a run that another process left behind",
  effect: "change",
  needs: "stack",
  options: { ...changeOptions },
  async run(context, { yes, "dry-run": dryRun }) {
    return cancel(context, { yes, dryRun });
  },
});
