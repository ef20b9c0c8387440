import type { FleetJournal } from "../model/fleet/journal";

export interface StoredFleetJournal {
  readonly journal: FleetJournal;
  /** For the next write. */
  readonly version: string;
}

/** The last run over each fleet of one stack, open or closed. */
export interface FleetJournals {
  /** @throws SlipwayError `record-newer` or `record-unreadable` */
  last(component: string): Promise<StoredFleetJournal | undefined>;
  /** @param version of the one before; undefined for the first. Gives undefined when somebody else has written since */
  write(journal: FleetJournal, version: string | undefined): Promise<StoredFleetJournal | undefined>;
}
