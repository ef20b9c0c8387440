import { defineCommand } from "../../automation/commands/command";
import { here } from "./here";

export const stopCommand = defineCommand({
  name: "sandbox stop",
  summary: "Stop it; its cloud is gone then, its Pulumi state is set aside",
  effect: "read",
  needs: "nothing",
  options: {},
  async run() {
    const { stopSandbox } = await import("../session/stop");
    const { wasRunning, aside } = await stopSandbox(here());
    const state = aside === undefined ? "" : ` The Pulumi state of its cloud is in ${aside}.`;
    return {
      summary: `${wasRunning ? "The sandbox has stopped." : "The sandbox was not running."}${state}`,
      data: { running: false, wasRunning, aside: aside ?? null },
    };
  },
});
