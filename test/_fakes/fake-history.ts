import type { History, HistoryEntry } from "../../automation/ports/history";

/** Keeps the record in memory. */
export class FakeHistory implements History {
  readonly entries: HistoryEntry[] = [];

  constructor(private readonly log: string[] = []) {}

  async append(entry: HistoryEntry): Promise<void> {
    this.log.push("record");
    this.entries.push(entry);
  }
}
