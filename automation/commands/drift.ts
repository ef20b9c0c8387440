import { defineCommand, layerOption } from "./command";

export const driftCommand = defineCommand({
  name: "drift",
  summary: "Look for what was changed elsewhere: exit 5 when there is any",
  effect: "read",
  needs: "stack",
  options: { ...layerOption },
  async run(context, { layer }) {
    const { drift } = await import("../stack/drift");
    return drift(context, { layer });
  },
});
