import { defineCommand } from "../../automation/commands/command";
import { usageError } from "../../automation/model/errors";
import { parseDuration } from "../duration";
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
    checkSpeed(speed);
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

/** Beyond this a health check every 5 seconds is one every 5 milliseconds, and nothing else gets its turn. */
const fastest = 1_000;

/** @throws SlipwayError `usage` (exit 2) */
export function checkSpeed(speed: number | undefined): void {
  if (speed === undefined || (speed >= 0 && speed <= fastest)) return;
  throw usageError(`--speed is ${speed}: it must be from 0 to ${fastest}.`, "20 is the default, 1 is as on AWS.");
}
