import type { Journal } from "../model/release/journal";

export interface StoredJournal {
  readonly journal: Journal;
  /** For the next write. */
  readonly version: string;
}

/** The records of releases of one stack: open while they run, closed for good. */
export interface Journals {
  /** @throws SlipwayError `release-open` (exit 3) when the service has an open one */
  create(journal: Journal): Promise<StoredJournal>;
  /**
   * The open release of a service.
   *
   * @throws SlipwayError `record-newer` (exit 3) when a newer Slipway wrote it, `record-unreadable` (exit 1) when it is none
   */
  open(service: string): Promise<StoredJournal | undefined>;
  /** Services with an open release. */
  openServices(): Promise<readonly string[]>;
  /** Undefined when somebody else has written since: read again, and decide anew. */
  write(journal: Journal, version: string): Promise<StoredJournal | undefined>;
  /**
   * Moves one whose last entry is `closed` to the closed ones; killed in between, the next look finishes it.
   *
   * @throws SlipwayError `journal-changed` (exit 1) when somebody else has written since and it is still open
   */
  close(journal: Journal, version: string): Promise<void>;
  /** Closed and open ones, newest first. */
  latest(limit: number, service?: string): Promise<readonly Journal[]>;
}
