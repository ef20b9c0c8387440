import { changeOptions, defineCommand } from "../../automation/commands/command";
import { exitCodes } from "../../automation/model/errors";
import { confirmed, requireConsent } from "../../automation/stack/ask-first";
import { sayOnStderr } from "../say";
import { speedOf } from "../session/speed";
import { stackNames } from "../session/stacks";
import { here } from "./here";

export const resetCommand = defineCommand({
  name: "sandbox reset",
  summary: "Begin again with an empty cloud and without any state",
  effect: "change",
  needs: "nothing",
  options: changeOptions,
  async run({ output }, { yes, "dry-run": dryRun }) {
    requireConsent(output, { yes, dryRun });
    const paths = here();
    const stacks = await stackNames(paths.backend);
    const plan = `Everything in the sandbox goes: its cloud, ${stacks.length > 0 ? `the state of ${stacks.join(", ")}` : "no state"}, and state that was set aside.`;
    if (dryRun) return { summary: plan, data: { stacks, done: false } };
    if (!yes) output.say(plan);
    if (!(await confirmed(output, "Type `yes` to go on:", "yes", { yes })))
      return {
        summary: "The answer was not `yes`: nothing was done.",
        data: { stacks, done: false },
        exitCode: exitCodes.failed,
      };
    const { stopSandbox } = await import("../session/stop");
    const { startSandbox } = await import("../session/start");
    await stopSandbox(paths, { forget: true });
    const { record } = await startSandbox(paths, sayOnStderr, speedOf(undefined, process.env));
    return {
      summary: `The sandbox is empty: http://127.0.0.1:${record.port}`,
      data: { stacks, done: true, epoch: record.epoch },
    };
  },
});
