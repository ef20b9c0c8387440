import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { StackFile as CheckedFile } from "../../automation/stack/stack-file";
import { declaredStacks } from "./stacks";

/** A stack file that was read and found right. */
export interface StackFile extends CheckedFile {
  readonly stack: string;
  /** As it stands in the project. */
  readonly text: string;
}

/**
 * Reads and checks `Pulumi.<stack>.yaml`: the sandbox is whatever account and region it names, so it must be right first.
 *
 * @throws SlipwayError as every command does: unknown stack, unreadable file, all faults at once
 */
export async function readStackConfig(project: string, stack: string): Promise<StackFile> {
  const stacks = await declaredStacks(project);
  // The schema takes 50 ms to load, so it is loaded only here.
  const { readStackFile, unknownStack } = await import("../../automation/stack/stack-file");
  if (!stacks.includes(stack)) throw unknownStack(stack, stacks);
  const path = join(project, `Pulumi.${stack}.yaml`);
  const text = await readFile(path, "utf8");
  const { parseYaml } = await import("../../automation/adapters/parse-yaml");
  return { stack, text, ...readStackFile(path, parseYaml({ path, text })) };
}
