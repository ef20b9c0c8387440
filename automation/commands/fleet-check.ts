import { defineCommand } from "./command";
import { componentOption } from "./fleet-options";

export const fleetCheckCommand = defineCommand({
  name: "fleet check",
  summary: "Check one instance of a fleet; exit 5 when it is not healthy",
  effect: "read",
  needs: "stack",
  options: {
    ...componentOption,
    instance: { type: "string", positional: true, demandOption: true, describe: "Id such as i-0123456789abcdef0" },
  },
  async run(context, { component, instance }) {
    const { fleetCheck } = await import("../fleet/check");
    return fleetCheck(context, component, instance);
  },
});
