import type { SwitchJournal } from "../model/switch/journal";
import type { SharedName } from "../model/switch/plan";

export interface StoredSwitch {
  readonly journal: SwitchJournal;
  /** For the next write. */
  readonly version: string;
}

/** The record of the last switch of each name that two environments of a project share. */
export interface SwitchRecords {
  /**
   * @throws SlipwayError `record-newer` when a newer Slipway wrote it, `record-unreadable` when it is none
   */
  last(name: SharedName): Promise<StoredSwitch | undefined>;
  /**
   * In the place of the one that was read; undefined when somebody else has written since.
   *
   * @param version undefined when there was none
   */
  write(journal: SwitchJournal, version: string | undefined): Promise<StoredSwitch | undefined>;
}
