import { defineCommand } from "../../automation/commands/command";
import { usageError } from "../../automation/model/errors";
import { parseDuration } from "../duration";
import { sayOnStderr } from "../say";
import { speedOf } from "../session/speed";
import { stepsOf } from "../session/steps-of";
import { here } from "./here";

/** Beyond this the sandbox is busy for more than half an hour with checks and evaluations that nobody looks at. */
const longestStepMs = 30 * 86_400_000;

export const clockCommand = defineCommand({
  name: "sandbox clock",
  summary: "Show the sandbox's time, change how fast it goes, or let some of it pass at once",
  effect: "read",
  needs: "nothing",
  options: {
    speed: { type: "number", describe: "Seconds for one second; 1 is as on AWS, 0 stands still" },
    step: { type: "string", describe: "Let this much pass at once, for example 5m; 30d at most" },
  },
  async run(_context, { speed, step }) {
    if (speed !== undefined) speedOf(speed, {});
    const stepMs = step === undefined ? 0 : parseDuration(step, "--step");
    if (stepMs > longestStepMs) throw usageError(`--step is \`${step}\`: it must be 30d at most.`);
    const [{ ask }, { runningSandbox }] = await Promise.all([
      import("../session/control-client"),
      import("../session/running"),
    ]);
    const record = await runningSandbox(here());
    if (speed !== undefined) await ask(record, "POST", "clock", { speed });
    for (const { ms, isLast } of stepsOf(stepMs)) {
      const { now } = await ask(record, "POST", "clock", { stepMs: ms });
      if (!isLast) sayOnStderr(`it is ${String(now)}`);
    }
    const clock = await ask(record, "GET", "clock");
    return {
      summary: `It is ${String(clock["now"])} in the sandbox, at ${String(clock["speed"])} times.`,
      data: clock,
    };
  },
});
