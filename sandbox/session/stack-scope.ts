import { usageError } from "../../automation/model/errors";
import type { Scope } from "../model/scope";
import { readStackConfig } from "./stack-config";

/**
 * Account and region of a stack of the project.
 *
 * @param stack may be left out where there is only one
 * @throws SlipwayError when it is not clear which is meant, or its file has faults
 */
export async function stackScope(project: string, stack: string | undefined): Promise<Scope> {
  const { config, region } = await readStackConfig(
    project,
    stack ?? (await onlyStack(project, "Say it with `--stack <name>`.")),
  );
  return { account: config.account.id, region };
}

/**
 * The stack of a project that has only one.
 *
 * @param remedy how to say which is meant
 * @throws SlipwayError usage
 */
export async function onlyStack(project: string, remedy: string): Promise<string> {
  const { stackFiles } = await import("../../automation/adapters/stack-files");
  const stacks = await stackFiles(project).stacks();
  const [only] = stacks;
  if (only !== undefined && stacks.length === 1) return only;
  throw usageError(`Which stack? There is ${stacks.join(", ") || "none"}.`, remedy);
}
