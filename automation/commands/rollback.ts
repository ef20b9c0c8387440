import { changeOptions, defineCommand, lockOptions } from "./command";
import { releaseOptions, releaseWords } from "./release-options";

export const rollbackCommand = defineCommand({
  name: "rollback",
  summary: "Go back to the last state that worked, or to a named one",
  effect: "change",
  needs: "stack",
  options: {
    service: { type: "string", positional: true, describe: "Service; those of the last release when none is named" },
    to: { type: "string", describe: "Rollback point: its id, or a beginning of it" },
    version: { type: "string", describe: "Tag to go back to" },
    "task-definition": { type: "string", describe: "`family:revision` whose images are to run again" },
    "approved-by": { type: "string", describe: "Who approved it, for the record" },
    ...releaseOptions,
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, values) {
    const { rollback } = await import("../release/rollback");
    return rollback(context, {
      service: values.service,
      to: values.to,
      version: values.version,
      taskDefinition: values["task-definition"],
      approvedBy: values["approved-by"],
      ...releaseWords(values),
      yes: values.yes,
      dryRun: values["dry-run"],
      waitForLock: values["wait-for-lock"],
    });
  },
});
