import { changeOptions, defineCommand, lockOptions } from "./command";
import { componentAndVersion } from "./fleet-options";

export const fleetReleaseCommand = defineCommand({
  name: "fleet release",
  summary: "Update the EC2 instances of one component, one at a time, or a canary of them",
  effect: "change",
  needs: "stack",
  options: {
    release: {
      type: "string",
      positional: true,
      demandOption: true,
      describe: "Component and version: `agent=v1.0.13`",
    },
    type: {
      choices: ["rolling", "canary"],
      default: "rolling",
      describe: "All instances that are not on the version yet, or a share of all",
    },
    "health-interval": { type: "number", describe: "Seconds between an update and its check; as configured" },
    "canary-percent": { type: "number", describe: "Share of a canary, rounded up, at least one; as configured" },
    watch: {
      type: "string",
      describe:
        "Watch a canary beside the others for so long, and take a worse one back: `--watch=2h`; 1h without a figure",
    },
    "current-version": { type: "string", describe: "What instances run that remember no version, for the way back" },
    reason: { type: "string", describe: "Why, for the record" },
    ...changeOptions,
    ...lockOptions,
  },
  async run(context, values) {
    const { fleetRelease } = await import("../fleet/release");
    return fleetRelease(context, {
      ...componentAndVersion(values.release),
      type: values.type,
      healthInterval: values["health-interval"],
      canaryPercent: values["canary-percent"],
      watch: values.watch,
      currentVersion: values["current-version"],
      reason: values.reason,
      yes: values.yes,
      dryRun: values["dry-run"],
      waitForLock: values["wait-for-lock"],
    });
  },
});
