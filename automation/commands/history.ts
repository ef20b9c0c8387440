import { history } from "../stack/history";
import { defineCommand } from "./command";

export const historyCommand = defineCommand({
  name: "history",
  summary: "Show who has changed the environment, when, and how it ended",
  effect: "read",
  needs: "stack",
  options: { limit: { type: "number", default: 20, describe: "How many entries, from the newest" } },
  async run(context, { limit }) {
    return history(context, { limit });
  },
});
