import { changeOptions, defineCommand, lockOptions } from "./command";
import { releaseOptions, releaseWords } from "./release-options";

export const restartCommand = defineCommand({
  name: "restart",
  summary: "Start all tasks of services anew with the same images",
  effect: "change",
  needs: "stack",
  options: {
    services: { type: "string", array: true, positional: true, describe: "Services; all of them when none is named" },
    ...releaseOptions,
    order: {
      choices: ["parallel", "sequential"],
      default: "parallel",
      describe: "Several services at once or in turn",
    },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, values) {
    const { restart } = await import("../release/restart");
    return restart(context, {
      services: values.services ?? [],
      order: values.order,
      ...releaseWords(values),
      yes: values.yes,
      dryRun: values["dry-run"],
      waitForLock: values["wait-for-lock"],
    });
  },
});
