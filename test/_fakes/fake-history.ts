import type { History, HistoryEntry } from "../../automation/ports/history";

/** Keeps the record in memory. */
export class FakeHistory implements History {
  readonly entries: HistoryEntry[] = [];

  /** What `append` ends with. */
  failure: Error | undefined;

  constructor(private readonly log: string[] = []) {}

  async append(entry: HistoryEntry): Promise<void> {
    this.log.push(entry.kind === "run" ? "record" : `record ${entry.kind}`);
    if (this.failure) throw this.failure;
    this.entries.push(entry);
  }

  async latest(limit: number): Promise<readonly HistoryEntry[]> {
    return [...this.entries].reverse().slice(0, limit);
  }
}
