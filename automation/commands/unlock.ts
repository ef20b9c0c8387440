import { unlock } from "../stack/unlock";
import { changeOptions, defineCommand } from "./command";

export const unlockCommand = defineCommand({
  name: "unlock",
  summary: "Open a lock that is your own or whose holder is dead; others only by force",
  effect: "change",
  needs: "stack",
  options: {
    ...changeOptions,
    service: { type: "string", describe: "The lock of the releases of this service, not the stack's own" },
    switch: { type: "boolean", default: false, describe: "The lock of the switches of the name that it shares" },
    force: { type: "boolean", default: false, describe: "Also when its holder may be alive" },
    reason: { type: "string", describe: "Why it is forced; recorded in the history" },
  },
  async run(context, { yes, "dry-run": dryRun, service, switch: ofSwitch, force, reason }) {
    return unlock(context, { yes, dryRun, service, switch: ofSwitch, force, reason });
  },
});
