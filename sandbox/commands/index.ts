import type { Command } from "../../automation/commands/command";
import { envCommand } from "./env";
import { resetCommand } from "./reset";
import { startCommand } from "./start";
import { statusCommand } from "./status";
import { stopCommand } from "./stop";

/** What the sandbox adds to the command line, besides `--sandbox` on every command. */
export const sandboxCommands = [
  startCommand,
  statusCommand,
  envCommand,
  resetCommand,
  stopCommand,
] as unknown as readonly Command[];
