import { defineCommand } from "../../automation/commands/command";
import { parseDuration } from "../duration";
import { speedOf } from "../session/speed";
import { here } from "./here";

export const clockCommand = defineCommand({
  name: "sandbox clock",
  summary: "Show the sandbox's time, change how fast it goes, or let some of it pass at once",
  effect: "read",
  needs: "nothing",
  options: {
    speed: { type: "number", describe: "Seconds for one second; 1 is as on AWS, 0 stands still" },
    step: { type: "string", describe: "Let this much pass at once, for example 5m" },
  },
  async run(_context, { speed, step }) {
    if (speed !== undefined) speedOf(speed, {});
    const stepMs = step === undefined ? undefined : parseDuration(step, "--step");
    const [{ ask }, { runningSandbox }] = await Promise.all([
      import("../session/control-client"),
      import("../session/running"),
    ]);
    const record = await runningSandbox(here());
    const isChange = speed !== undefined || stepMs !== undefined;
    const clock = isChange ? await ask(record, "POST", "clock", { speed, stepMs }) : await ask(record, "GET", "clock");
    return {
      summary: `It is ${String(clock["now"])} in the sandbox, at ${String(clock["speed"])} times.`,
      data: clock,
    };
  },
});
