import { changeOptions, defineCommand, lockOptions } from "./command";

export const fleetRollbackCommand = defineCommand({
  name: "fleet rollback",
  summary: "Give the instances of the last run over a fleet their old version again",
  effect: "change",
  needs: "stack",
  options: {
    component: {
      type: "string",
      positional: true,
      default: "",
      describe: "Component of `slipway:fleets`; every fleet when it is empty or left out",
    },
    reason: { type: "string", describe: "Why, for the record" },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, values) {
    const { fleetRollback } = await import("../fleet/rollback");
    return fleetRollback(context, {
      component: values.component,
      reason: values.reason,
      yes: values.yes,
      dryRun: values["dry-run"],
      waitForLock: values["wait-for-lock"],
    });
  },
});
