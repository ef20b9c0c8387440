import { up } from "../stack/up";
import { changeOptions, defineCommand, overrideOptions, runOptions } from "./command";

export const upCommand = defineCommand({
  name: "up",
  summary: "Deploy the environment: guard, preview, gate, question, update",
  effect: "change",
  needs: "stack",
  options: { ...runOptions, ...changeOptions, ...overrideOptions },
  async run(context, { layer, refresh, yes, "dry-run": dryRun, justification, "approved-by": approvedBy }) {
    return up(context, { layer, refresh, yes, dryRun, justification, approvedBy });
  },
});
