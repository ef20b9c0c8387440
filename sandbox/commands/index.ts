import type { Command } from "../../automation/commands/command";
import { clockCommand } from "./clock";
import { digCommand } from "./dig";
import { envCommand } from "./env";
import { faultCommand } from "./fault";
import { imagePushCommand } from "./image-push";
import { loadCommand } from "./load";
import { resetCommand } from "./reset";
import { startCommand } from "./start";
import { statusCommand } from "./status";
import { stopCommand } from "./stop";

/**
 * What the sandbox adds to the command line, besides `--sandbox` on every command. What a command needs is
 * loaded in its `run`, so that the help of all the others does not wait for it.
 */
export const sandboxCommands: readonly Command[] = [
  startCommand,
  statusCommand,
  envCommand,
  imagePushCommand,
  loadCommand,
  faultCommand,
  digCommand,
  clockCommand,
  resetCommand,
  stopCommand,
];
