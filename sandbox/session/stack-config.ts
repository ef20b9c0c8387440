import { basename } from "node:path";
import type { StackFile } from "../../automation/stack/stack-file";

/** A stack of the project, read and found right. */
export interface ProjectStack extends StackFile {
  readonly stack: string;
  /** Name in Pulumi.yaml. */
  readonly project: string;
  /** The stack file as it stands. */
  readonly text: string;
}

/**
 * Reads and checks the project's files as the driver does: the sandbox is whatever account and region they name, so they
 * must be right first.
 *
 * @throws SlipwayError `project-missing`, `stack-unknown`, `config-unreadable` or `config-invalid` (exit 2)
 */
export async function readStackConfig(folder: string, stack: string): Promise<ProjectStack> {
  const { stackFiles } = await import("../../automation/adapters/stack-files");
  const { parseYaml } = await import("../../automation/adapters/parse-yaml");
  const { readStackFile } = await import("../../automation/stack/stack-file");
  const files = stackFiles(folder);
  const file = await files.read(stack);
  return {
    stack,
    project: await files.project(),
    text: file.text,
    ...readStackFile(basename(file.path), parseYaml(file)),
  };
}
