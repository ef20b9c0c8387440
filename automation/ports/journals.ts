import type { Journal } from "../model/release/journal";

export interface StoredJournal {
  readonly journal: Journal;
  /** For the next write. */
  readonly version: string;
}

/** The records of releases of one stack: open while they run, closed for good. */
export interface Journals {
  /** @throws SlipwayError `release-exists` when the service has an open one */
  create(journal: Journal): Promise<StoredJournal>;
  /**
   * The open release of a service.
   *
   * @throws SlipwayError `record-newer` when a newer Slipway wrote it, `record-unreadable` when it is no journal
   */
  open(service: string): Promise<StoredJournal | undefined>;
  /** Services with an open release. */
  openServices(): Promise<readonly string[]>;
  /** Undefined when somebody else has written since: read again, and decide anew. */
  write(journal: Journal, version: string): Promise<StoredJournal | undefined>;
  /** Moves it to the closed ones; killed in between, the next look finishes it. */
  close(journal: Journal, version: string): Promise<void>;
  /** Closed and open ones, newest first. */
  latest(limit: number, service?: string): Promise<readonly Journal[]>;
}
