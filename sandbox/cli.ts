#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, groups } from "../automation/commands";
import { main } from "../automation/main";
import { wiring } from "../automation/wiring";
import { sandboxCommands } from "./commands";
import { packageFolder } from "./package-folder";
import { sandboxOption, sandboxWiring } from "./sandbox-wiring";

/** The `slipway` executable: the driver, and the sandbox in front of it. */
async function run(): Promise<void> {
  // Which Node is right is said by package.json; that the SDK wants another one next year helps nobody here.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  process.exitCode = await main(process.argv.slice(2), {
    commands: [...commands, ...sandboxCommands],
    groups: { ...groups, sandbox: "The AWS of this machine: start, stop, its clock, load, faults, images, names" },
    globalOptions: sandboxOption,
    version: ownVersion(),
    wiring: sandboxWiring(wiring(process.env), process.env),
  });
}

function ownVersion(): string {
  const text = readFileSync(join(packageFolder(), "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

void run();
