import { defineCommand } from "./command";

export const rollbackPointsListCommand = defineCommand({
  name: "rollback-points list",
  summary: "Show states that worked, and whether they can be gone back to",
  effect: "read",
  needs: "stack",
  options: {
    limit: { type: "number", default: 20, describe: "How many, from the newest" },
    family: { type: "string", describe: "Instead: task definitions whose family begins with this" },
  },
  async run(context, { limit, family }) {
    const { pointsList } = await import("../release/points-list");
    return pointsList(context, { limit, family });
  },
});
