import { spawn } from "node:child_process";

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment. @default this process' own */
  readonly env?: NodeJS.ProcessEnv;
  /** Written to standard input, which is then closed. Secrets go this way, never as an argument. @default nothing */
  readonly input?: string;
}

export interface RunResult {
  /** Null when the process could not be started or was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  /** Standard error, or why there is no process. */
  readonly stderr: string;
}

/** Runs a program to its end; a failure is a value. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    // A program that does not read its input must not bring this one down.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}
