import { defineCommand } from "../../automation/commands/command";
import { sayOnStderr } from "../say";
import { here } from "./here";

export const startCommand = defineCommand({
  name: "sandbox start",
  summary: "Start the AWS of this machine; does nothing when it runs",
  // What it touches is invented, so it is not among the changes that are asked about.
  effect: "read",
  needs: "nothing",
  options: {},
  async run() {
    const { startSandbox } = await import("../session/start");
    const { record, isNew } = await startSandbox(here(), sayOnStderr);
    const endpoint = `http://127.0.0.1:${record.port}`;
    return {
      summary: `${isNew ? "The sandbox runs now" : "The sandbox runs already"}: ${endpoint}. \`slipway up <stack> --sandbox\` deploys into it.`,
      data: { running: true, started: isNew, endpoint, pid: record.pid, epoch: record.epoch },
    };
  },
});
