import type { SwitchJournal } from "../../automation/model/switch/journal";
import type { StoredSwitch, SwitchRecords } from "../../automation/ports/switch-records";

/** Keeps the last switch in memory, with compare-and-swap. */
export class FakeSwitchRecords implements SwitchRecords {
  stored: StoredSwitch | undefined;
  private writes = 0;

  constructor(private readonly log: string[] = []) {}

  async last(): Promise<StoredSwitch | undefined> {
    return this.stored;
  }

  async write(journal: SwitchJournal, version: string | undefined): Promise<StoredSwitch | undefined> {
    if (this.stored?.version !== version) return undefined;
    this.writes += 1;
    this.log.push(`switch: ${journal.entries.at(-1)?.kind ?? "empty"}`);
    this.stored = { journal, version: `v${this.writes}` };
    return this.stored;
  }
}
