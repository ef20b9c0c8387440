import { createHash } from "node:crypto";
import type { CommandEnd, CommandRun, EngineHost } from "../../automation/adapters/engine-host";

type Answer = CommandEnd | ((run: CommandRun, host: FakeEngineHost) => CommandEnd);

export const ended = (stdout = "", code = 0, stderr = ""): CommandEnd => ({ kind: "ended", code, stdout, stderr });

/** A machine of files in memory, whose commands answer as a test says. A file's text is its content; `#!` makes it executable. */
export class FakeEngineHost implements EngineHost {
  readonly platform = "linux";
  readonly arch = "x64";
  readonly home = "/home/u";
  readonly processId = 42;
  readonly files = new Map<string, { readonly text: string; readonly mtimeMs: number }>();
  readonly ran: string[] = [];
  readonly hashed: string[] = [];
  /** Called when the lock is asked for: what another process does meanwhile. */
  meanwhile: (() => void) | undefined;
  private ms = 0;

  /** First word of a command, or the text of the file that is run -> how it ends. */
  constructor(private readonly answers: Readonly<Record<string, Answer>> = {}) {}

  write(path: string, text: string): this {
    this.files.set(path, { text, mtimeMs: ++this.ms });
    return this;
  }

  now = (): number => this.ms;

  async run(run: CommandRun): Promise<CommandEnd> {
    this.ran.push([run.command, ...run.args.slice(0, 1)].join(" "));
    const answer = this.answers[this.files.get(run.command)?.text ?? run.command];
    if (answer === undefined) return { kind: "not-started", reason: `spawn ${run.command} ENOENT` };
    return typeof answer === "function" ? answer(run, this) : answer;
  }

  isExecutable = async (path: string): Promise<boolean> => this.files.get(path)?.text.startsWith("#!") ?? false;

  async facts(path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | undefined> {
    const file = this.files.get(path);
    return file === undefined ? undefined : { size: file.text.length, mtimeMs: file.mtimeMs };
  }

  realPath = async (path: string): Promise<string | undefined> => (this.files.has(path) ? path : undefined);

  async sha256(path: string): Promise<string> {
    this.hashed.push(path);
    return createHash("sha256")
      .update(this.files.get(path)?.text ?? "")
      .digest("hex");
  }

  readText = async (path: string): Promise<string | undefined> => this.files.get(path)?.text;
  writeText = async (path: string, text: string): Promise<void> => void this.write(path, text);
  makeFolder = async (): Promise<void> => undefined;

  async list(path: string): Promise<readonly string[]> {
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
    return [...new Set(below.flatMap((file) => file.slice(path.length + 1).split("/")[0] ?? []))];
  }

  async remove(path: string): Promise<void> {
    for (const file of [...this.files.keys()])
      if (file === path || file.startsWith(`${path}/`)) this.files.delete(file);
  }

  async rename(from: string, to: string): Promise<void> {
    if ((await this.list(to)).length > 0) throw new Error(`ENOTEMPTY: ${to}`);
    for (const [file, value] of [...this.files]) {
      if (file === from) {
        this.files.delete(file);
        this.files.set(to, value);
      }
      if (!file.startsWith(`${from}/`)) continue;
      this.files.delete(file);
      this.files.set(to + file.slice(from.length), value);
    }
  }

  async withLock<T>(_path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
    if (this.meanwhile !== undefined) {
      onWait();
      this.meanwhile();
    }
    return work();
  }
}
