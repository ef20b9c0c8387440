import { up } from "../stack/up";
import { changeOptions, defineCommand, lockOptions, overrideOptions, runOptions } from "./command";

export const upCommand = defineCommand({
  name: "up",
  summary: "Deploy the environment: guard, preview, gate, question, update",
  effect: "change",
  needs: "stack",
  options: { ...runOptions, ...changeOptions, ...lockOptions, ...overrideOptions },
  async run(
    context,
    { layer, refresh, yes, "dry-run": dryRun, "wait-for-lock": waitForLock, justification, "approved-by": approvedBy },
  ) {
    return up(context, { layer, refresh, yes, dryRun, waitForLock, justification, approvedBy });
  },
});
