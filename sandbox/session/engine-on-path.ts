import { existsSync, realpathSync } from "node:fs";
import { mkdir, rename, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Say } from "../say";
import type { SandboxPaths } from "./paths";

/** Puts the engine into the sandbox's own `bin`, so that plain `pulumi` and the driver use the same one. */
export async function putEngineOnPath(paths: SandboxPaths, env: Readonly<NodeJS.ProcessEnv>, say: Say): Promise<void> {
  const link = join(paths.bin, "pulumi");
  // Follows the link: an engine that was removed meanwhile is found anew.
  if (existsSync(link)) return;
  const { resolveEngine } = await import("../../automation/adapters/engine-resolver");
  const { path } = await resolveEngine({ env, say });
  await mkdir(dirname(link), { recursive: true });
  const beside = `${link}.${process.pid}`;
  await symlink(realpathSync(path), beside);
  await rename(beside, link);
}
