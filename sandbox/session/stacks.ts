import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** Stacks that a file backend knows: it keeps each in `.pulumi/stacks/<project>/<stack>.json`, beside backups. */
export async function stackNames(backend: string): Promise<readonly string[]> {
  const files = await readdir(join(backend, ".pulumi", "stacks"), { recursive: true }).catch(() => []);
  return files.flatMap((file) => /^([^.]+)\.json(?:\.gz)?$/.exec(basename(file))?.[1] ?? []).sort();
}
