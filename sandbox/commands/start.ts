import { defineCommand } from "../../automation/commands/command";
import { sayOnStderr } from "../say";
import { speedOf } from "../session/speed";
import { here } from "./here";

export const startCommand = defineCommand({
  name: "sandbox start",
  summary: "Start the AWS of this machine; does nothing when it runs",
  // What it touches is invented, so it is not among the changes that are asked about.
  effect: "read",
  needs: "nothing",
  options: {
    speed: { type: "number", describe: "Seconds of the sandbox's clock for one second; 1 is as on AWS [default: 20]" },
  },
  async run(_context, { speed }) {
    const wanted = speedOf(speed, process.env);
    const { startSandbox } = await import("../session/start");
    const { record, isNew } = await startSandbox(here(), sayOnStderr, wanted);
    // Who asks for a speed means it, whether or not somebody else was first.
    if (!isNew && speed !== undefined) {
      const { ask } = await import("../session/control-client");
      await ask(record, "POST", "clock", { speed });
    }
    const endpoint = `http://127.0.0.1:${record.port}`;
    return {
      summary: `${isNew ? "The sandbox runs now" : "The sandbox runs already"}: ${endpoint}. \`slipway up <stack> --sandbox\` deploys into it.`,
      data: { running: true, started: isNew, endpoint, pid: record.pid, epoch: record.epoch },
    };
  },
});
