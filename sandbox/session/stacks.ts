import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** Stacks that a file backend knows: it keeps each in `.pulumi/stacks/<project>/<stack>.json`, beside backups. */
export async function stackNames(backend: string): Promise<readonly string[]> {
  const files = await stateFiles(backend);
  return files.flatMap((file) => /^([^.]+)\.json(?:\.gz)?$/.exec(basename(file))?.[1] ?? []).sort();
}

/** Files with the state of a stack: one for each project that has a stack of this name. */
export async function stackFiles(backend: string, stack: string): Promise<readonly string[]> {
  return (await stateFiles(backend)).filter((file) => basename(file) === `${stack}.json`);
}

async function stateFiles(backend: string): Promise<readonly string[]> {
  const folder = join(backend, ".pulumi", "stacks");
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files.map((file) => join(folder, file));
}
