import { defineCommand, overrideOptions, runOptions } from "./command";
import { releasingOptions, releasingWords } from "./release-options";

export const deployCommand = defineCommand({
  name: "deploy",
  summary: "Infrastructure first, then the images: `up` and `release` in one, in one stack or several",
  effect: "change",
  needs: "stack",
  options: {
    targets: {
      type: "string",
      array: true,
      positional: true,
      describe: "`<service>=<tag>`, or a tag for all services; without one the images stay as they are",
    },
    "app-only": { type: "boolean", default: false, describe: "Leave the infrastructure as it is" },
    then: {
      type: "string",
      array: true,
      describe: "Stacks that come after it, in this order; the first failure ends it",
    },
    ...releasingOptions,
    refresh: runOptions.refresh,
    ...overrideOptions,
  },
  async run(context, values) {
    const { deploy } = await import("../release/deploy");
    return deploy(context, {
      targets: values.targets ?? [],
      appOnly: values["app-only"],
      then: values.then,
      ...releasingWords(values),
      refresh: values.refresh,
      justification: values.justification,
      approvedBy: values["approved-by"],
    });
  },
});
