import { defineCommand } from "./command";

export const releaseHistoryCommand = defineCommand({
  name: "release history",
  summary: "Show what was released, by whom, how long each step took, and how it ended",
  effect: "read",
  needs: "stack",
  options: {
    service: { type: "string", positional: true, describe: "Only this one" },
    limit: { type: "number", default: 20, describe: "How many, from the newest" },
  },
  async run(context, { service, limit }) {
    const { releaseHistory } = await import("../release/history");
    return releaseHistory(context, { service, limit });
  },
});
