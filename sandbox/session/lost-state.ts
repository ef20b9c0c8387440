import { cp, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "./paths";
import { stackNames } from "./stacks";

/**
 * Moves the Pulumi state away whose cloud is gone: against an empty cloud it would only give wrong previews. The stack
 * files go along as copies, because the state's secrets cannot be read without their salt.
 *
 * @returns the folder it is in now; undefined when there was no state
 */
export async function setStateAside(paths: SandboxPaths, now: Date): Promise<string | undefined> {
  if ((await stackNames(paths.backend)).length === 0) return undefined;
  const aside = join(paths.lost, now.toISOString().replace(/[:.]/g, "-"));
  await mkdir(aside, { recursive: true });
  await cp(paths.config, join(aside, "config"), { recursive: true }).catch(() => undefined);
  await rename(paths.backend, join(aside, "backend"));
  return aside;
}
