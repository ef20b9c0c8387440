import { SlipwayError } from "../../automation/model/errors";
import type { Journal } from "../../automation/model/release/journal";
import { releaseOpen } from "../../automation/model/release/release-open";
import type { Journals, StoredJournal } from "../../automation/ports/journals";

/** Keeps journals in memory. Each call is one step, as it is for real ones. */
export class FakeJournals implements Journals {
  /** Open ones by service. */
  readonly running = new Map<string, StoredJournal>();
  /** In the order in which they were closed. */
  readonly closed: Journal[] = [];
  /** Thrown by every call while it is set. */
  failure: Error | undefined;
  private writes = 0;

  constructor(private readonly log: string[] = []) {}

  async create(journal: Journal): Promise<StoredJournal> {
    this.check();
    const { service } = journal.plan;
    const open = this.running.get(service);
    if (open !== undefined) throw releaseOpen(open.journal);
    this.log.push(`journal ${service}`);
    return this.keep(journal);
  }

  async open(service: string): Promise<StoredJournal | undefined> {
    this.check();
    return this.running.get(service);
  }

  async openServices(): Promise<readonly string[]> {
    this.check();
    return [...this.running.keys()].sort();
  }

  async write(journal: Journal, version: string): Promise<StoredJournal | undefined> {
    this.check();
    const { service } = journal.plan;
    if (this.running.get(service)?.version !== version) return undefined;
    this.log.push(`${service}: ${journal.entries.at(-1)?.kind}`);
    return this.keep(journal);
  }

  async close(journal: Journal, version: string): Promise<void> {
    this.check();
    const { service } = journal.plan;
    if (journal.entries.at(-1)?.kind !== "closed") throw new Error(`the journal ${journal.id} has no end`);
    if (this.running.get(service)?.version !== version)
      throw new SlipwayError({ code: "journal-changed", exitCode: 1, message: "Changed.", remedy: "" });
    this.log.push(`close ${service}`);
    this.running.delete(service);
    this.closed.push(journal);
  }

  async latest(limit: number, service?: string): Promise<readonly Journal[]> {
    this.check();
    return [...[...this.running.values()].map(({ journal }) => journal), ...this.closed]
      .filter(({ plan }) => service === undefined || plan.service === service)
      .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
      .slice(0, limit);
  }

  private keep(journal: Journal): StoredJournal {
    this.writes += 1;
    const stored = { journal, version: `v${this.writes}` };
    this.running.set(journal.plan.service, stored);
    return stored;
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
