import { destroy } from "../stack/destroy";
import { changeOptions, defineCommand, layerOption, lockOptions } from "./command";

export const destroyCommand = defineCommand({
  name: "destroy",
  summary: "Delete the environment, or one layer of it, after showing what is lost",
  effect: "change",
  needs: "stack",
  options: { ...layerOption, ...changeOptions, ...lockOptions },
  async run(context, { layer, yes, "dry-run": dryRun, "wait-for-lock": waitForLock }) {
    return destroy(context, { layer, yes, dryRun, waitForLock });
  },
});
