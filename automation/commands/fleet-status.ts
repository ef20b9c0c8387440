import { defineCommand } from "./command";
import { componentOption } from "./fleet-options";

export const fleetStatusCommand = defineCommand({
  name: "fleet status",
  summary: "Tell what every instance of a fleet runs, and how the last run over it stands",
  effect: "read",
  needs: "stack",
  options: componentOption,
  async run(context, { component }) {
    const { fleetStatus } = await import("../fleet/status");
    return fleetStatus(context, component);
  },
});
