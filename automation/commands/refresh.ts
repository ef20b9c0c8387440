import { refresh } from "../stack/refresh";
import { changeOptions, defineCommand, layerOption, lockOptions } from "./command";

export const refreshCommand = defineCommand({
  name: "refresh",
  summary: "Take over into the state what was changed elsewhere",
  effect: "change",
  needs: "stack",
  options: { ...layerOption, ...changeOptions, ...lockOptions },
  async run(context, { layer, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    return refresh(context, { layer, yes, dryRun, waitForLock });
  },
});
