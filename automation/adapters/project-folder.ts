import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder upwards that holds a `Pulumi.yaml`, as the engine looks for it; the folder itself when there is none. */
export function projectFolder(folder: string): string {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, "Pulumi.yaml"))) return candidate;
    if (dirname(candidate) === candidate) return folder;
  }
}
