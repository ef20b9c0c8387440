/** How a command ended. A command that could not be started is a value too: it only means that the next way is tried. */
export type CommandEnd =
  | { readonly kind: "ended"; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: "not-started"; readonly reason: string }
  | { readonly kind: "timed-out"; readonly seconds: number };

export interface CommandRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Then the command and all that it started are killed. */
  readonly timeoutSeconds: number;
}

export interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
}

/** What the engine resolver needs of the machine: processes, files and one lock. */
export interface EngineHost {
  /** As Node names them, for example `linux` and `x64`. */
  readonly platform: string;
  readonly arch: string;
  readonly home: string;
  /** Distinguishes this process in names of temporary folders. */
  readonly processId: number;
  now(): number;
  run(command: CommandRun): Promise<CommandEnd>;
  isExecutable(path: string): Promise<boolean>;
  /** Undefined when there is no such file. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** Without symbolic links. Undefined when there is no such file. */
  realPath(path: string): Promise<string | undefined>;
  sha256(path: string): Promise<string>;
  /** Undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  writeText(path: string, text: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Names of the entries; empty when there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  /** File or folder with all its content; nothing to remove is fine. */
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** One holder per path on this machine. A dead holder's lock is taken over; `onWait` is called once when another one has it. */
  withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T>;
}
