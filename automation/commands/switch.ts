import { changeOptions, defineCommand, lockOptions } from "./command";

export const switchCommand = defineCommand({
  name: "switch",
  summary: "Give the traffic of a name to the other of its two environments",
  effect: "change",
  needs: "stack",
  options: {
    to: { choices: ["blue", "green"], describe: "Colour that is to have it; the one that is not active when absent" },
    steps: { type: "string", describe: "Shares of the traffic, such as 10,50,100; all at once when absent" },
    bake: { type: "string", describe: "How long each step is watched, such as 5m; a minute when absent" },
    back: { type: "boolean", default: false, describe: "To where the last switch came from, at once" },
    force: { type: "boolean", default: false, describe: "Whatever the health of the target is" },
    reason: { type: "string", describe: "Why it is forced; recorded in the history" },
    status: { type: "boolean", default: false, describe: "Only show which colour is active, and how both are doing" },
    ...changeOptions,
    ...lockOptions,
  },
  async run(
    context,
    { to, steps, bake, back, force, reason, status, yes, "dry-run": dryRun, "wait-for-lock": waitForLock },
  ) {
    const { switchStatus } = await import("../switch/status");
    const { switchEnvironment } = await import("../switch/switch");
    if (status) return switchStatus(context);
    return switchEnvironment(context, { to, steps, bake, back, force, reason, yes, dryRun, waitForLock });
  },
});
