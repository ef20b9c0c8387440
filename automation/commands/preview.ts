import { preview } from "../stack/preview";
import { defineCommand, runOptions } from "./command";

export const previewCommand = defineCommand({
  name: "preview",
  summary: "Show what `up` would do",
  effect: "read",
  needs: "stack",
  options: {
    ...runOptions,
    "expect-no-changes": { type: "boolean", default: false, describe: "Exit 1 when there is a change" },
  },
  async run(context, { layer, refresh, "expect-no-changes": expectNoChanges }) {
    return preview(context, { layer, refresh, expectNoChanges });
  },
});
