import { refresh } from "../stack/refresh";
import { changeOptions, defineCommand, layerOption } from "./command";

export const refreshCommand = defineCommand({
  name: "refresh",
  summary: "Take over into the state what was changed elsewhere",
  effect: "change",
  needs: "stack",
  options: { ...layerOption, ...changeOptions },
  async run(context, { layer, yes, "dry-run": dryRun }) {
    return refresh(context, { layer, yes, dryRun });
  },
});
