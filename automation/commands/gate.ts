import { gate } from "../gate/gate";
import { defineCommand, overrideOptions, runOptions } from "./command";

export const gateCommand = defineCommand({
  name: "gate",
  summary: "Judge the pending changes: exit 0 safe or with warnings, 1 blocked",
  effect: "read",
  needs: "stack",
  options: { ...runOptions, ...overrideOptions },
  async run(context, { layer, refresh, justification, "approved-by": approvedBy }) {
    return gate(context, { layer, refresh, justification, approvedBy });
  },
});
