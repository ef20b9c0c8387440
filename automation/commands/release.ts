import { defineCommand } from "./command";
import { releasingOptions, releasingWords } from "./release-options";

export const releaseCommand = defineCommand({
  name: "release",
  summary: "Put new images into services: web=v2 api=v7, or all=v2",
  effect: "change",
  needs: "stack",
  options: {
    targets: {
      type: "string",
      array: true,
      positional: true,
      describe: "`<service>=<tag>`, or `all=<tag>`",
    },
    component: { type: "string", describe: "Service, in the documented form `--component agent --version v1.0.13`" },
    version: { type: "string", describe: "Tag for `--component`" },
    type: { choices: ["rolling", "canary"], describe: "Documented name of --strategy" },
    ...releasingOptions,
  },
  async run(context, values) {
    const { release } = await import("../release/release");
    return release(context, {
      targets: values.targets ?? [],
      component: values.component,
      version: values.version,
      type: values.type,
      ...releasingWords(values),
    });
  },
});
