import type { WatchRecord } from "../../automation/model/release/watch";
import type { Watches } from "../../automation/ports/watches";

/** Keeps the last watch of each service in memory. */
export class FakeWatches implements Watches {
  readonly records = new Map<string, WatchRecord>();
  /** Thrown by every call while it is set. */
  failure: Error | undefined;

  constructor(private readonly log: string[] = []) {}

  async get(service: string): Promise<WatchRecord | undefined> {
    this.check();
    return this.records.get(service);
  }

  async list(): Promise<readonly WatchRecord[]> {
    this.check();
    return [...this.records.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
  }

  async put(record: WatchRecord): Promise<void> {
    this.check();
    this.log.push(`watch ${record.service}: ${record.state}`);
    this.records.set(record.service, record);
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
