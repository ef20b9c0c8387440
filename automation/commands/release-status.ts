import { defineCommand } from "./command";

export const releaseStatusCommand = defineCommand({
  name: "release status",
  summary: "Show where releases stand, who has them in hand, and what was released last",
  effect: "read",
  needs: "stack",
  options: { service: { type: "string", positional: true, describe: "Only this one" } },
  async run(context, { service }) {
    const { releaseStatus } = await import("../release/status");
    return releaseStatus(context, { service });
  },
});
