import { destroy } from "../stack/destroy";
import { changeOptions, defineCommand, layerOption } from "./command";

export const destroyCommand = defineCommand({
  name: "destroy",
  summary: "Delete the environment, or one layer of it, after showing what is lost",
  effect: "change",
  needs: "stack",
  options: { ...layerOption, ...changeOptions },
  async run(context, { layer, yes, "dry-run": dryRun }) {
    return destroy(context, { layer, yes, dryRun });
  },
});
