import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryEntry } from "../ports/history";

/**
 * Entries from before the history had a place beside the state: one file for each stack in the project's
 * `.slipway/history`, with a JSON document a line, oldest first. It is only read.
 */
export async function earlierHistory(projectFolder: string, stack: string): Promise<readonly HistoryEntry[]> {
  const file = join(projectFolder, ".slipway", "history", `${stack}.jsonl`);
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as HistoryEntry];
    } catch {
      // The end of a line that a full disk or a killed process has cut off.
      return [];
    }
  });
}
