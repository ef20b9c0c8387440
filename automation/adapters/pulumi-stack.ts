import "./quiet-sdk";
import { LocalWorkspace, Stack, type PulumiFn } from "@pulumi/pulumi/automation";
import { engineCommand, type EngineCommandOptions } from "./engine-command";

export interface OpenStackOptions extends EngineCommandOptions {
  readonly stack: string;
  /** Holds `Pulumi.yaml` and the stack files. */
  readonly folder: string;
  readonly program: PulumiFn;
}

/**
 * The stack, for operations on an inline program. Whether it exists in the backend shows in the first of them.
 *
 * The project's own folder is the workspace, and it is only ever read: no settings are passed, since they would be
 * written over the checked-in files. What the Automation API runs beside each operation is left out, because every one
 * costs an engine start: selecting the stack (which also changes the user's own selection), reading all outputs twice
 * (once with the secrets in the clear), and the history.
 */
export async function openStack(options: OpenStackOptions): Promise<Stack> {
  const { stack, folder, program } = options;
  const workspace = await LocalWorkspace.create({ workDir: folder, program, pulumiCommand: engineCommand(options) });
  workspace.selectStack = () => Promise.resolve();
  workspace.stackOutputs = () => Promise.resolve({});
  const opened = await Stack.select(stack, workspace);
  opened.history = () => Promise.resolve([]);
  return opened;
}
