#!/usr/bin/env node
import { commands, groups } from "../automation/commands";
import { main } from "../automation/main";
import { wiring } from "../automation/wiring";
import { sandboxCommands } from "./commands";
import { sandboxOption, sandboxWiring } from "./sandbox-wiring";

/** The `slipway` executable: the driver, and the sandbox in front of it. */
async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), {
    commands: [...commands, ...sandboxCommands],
    groups: { ...groups, sandbox: "The AWS of this machine: start, stop, status, reset, env" },
    globalOptions: sandboxOption,
    wiring: sandboxWiring(wiring(process.env), process.env),
  });
}

void run();
