import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { History, HistoryEntry } from "../ports/history";

/** One file for each stack with a JSON document a line, below the project's own folder. */
export class FileHistory implements History {
  constructor(private readonly folder: string) {}

  async append(entry: HistoryEntry): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await appendFile(join(this.folder, `${entry.stack}.jsonl`), `${JSON.stringify(entry)}\n`);
  }
}
