import { outputs } from "../stack/outputs";
import { defineCommand } from "./command";

export const outputsCommand = defineCommand({
  name: "outputs",
  summary: "Show what the environment is called by; secrets stay hidden",
  effect: "read",
  needs: "stack",
  options: { shell: { type: "boolean", default: false, describe: "As `export NAME='value'` lines" } },
  async run(context, { shell }) {
    return outputs(context, { shell });
  },
});
