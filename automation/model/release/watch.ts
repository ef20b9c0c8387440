/** The time after a release in which a firing alarm still takes it back (HLT-23); it survives the process. */
export interface WatchRecord {
  readonly schema: 1;
  readonly service: string;
  readonly release: string;
  /** ISO 8601, by the clock of the cloud. */
  readonly start: string;
  readonly end: string;
  readonly alarms: readonly string[];
  /** Rollback point to go back to. */
  readonly point: string;
  readonly state: "open" | "ended" | "breached" | "superseded";
  /** What fired. */
  readonly breach?: string;
}
