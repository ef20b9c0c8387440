/** A process that can be told from a later one with the same number. */
export interface ProcessId {
  readonly pid: number;
  /** When it began, in the machine's own unit; undefined where the system does not say. */
  readonly startedAt?: string;
}

/** This machine, and who works on it. */
export interface Machine {
  /** Same text = the same running system and the same numbering of processes: only there a pid proves anything. */
  readonly id: string;
  readonly host: string;
  readonly user: string;
  /** Which CI run this is, as a URL or a name; undefined on a desk. */
  readonly ci: string | undefined;
  readonly self: ProcessId;
  /** The time on this machine, which lock and history are in; a command's own clock may be a sandbox's. */
  now(): Date;
  /** A random word nobody else has. */
  randomId(): string;
  /** Whether a process of this machine runs; when in doubt it does. */
  isAlive(process: ProcessId): boolean;
}
