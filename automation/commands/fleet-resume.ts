import { changeOptions, defineCommand, lockOptions } from "./command";
import { componentOption } from "./fleet-options";

export const fleetResumeCommand = defineCommand({
  name: "fleet resume",
  summary: "Go on with a run over a fleet that was killed or got stuck",
  effect: "change",
  needs: "stack",
  options: { ...componentOption, ...changeOptions, ...lockOptions },
  async run(context, values) {
    const { fleetResume } = await import("../fleet/resume");
    return fleetResume(context, {
      component: values.component,
      yes: values.yes,
      dryRun: values["dry-run"],
      waitForLock: values["wait-for-lock"],
    });
  },
});
