import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Folder of Slipway's own package.json: the clone, whether this file runs as TypeScript or from `dist/`. */
export function packageFolder(from: string = __dirname): string {
  const file = join(from, "package.json");
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "slipway") return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("Slipway's own package.json is nowhere above its files.");
  return packageFolder(parent);
}
