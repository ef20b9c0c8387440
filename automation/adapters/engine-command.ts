import { spawn } from "node:child_process";
import { delimiter, dirname, isAbsolute } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import * as automationErrors from "@pulumi/pulumi/automation/errors";

type Env = Readonly<Record<string, string | undefined>>;

export interface EngineCommandOptions {
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  /** The whole environment of the engine and its plugins; this process' own is not added. */
  readonly env: Env;
  /** Asks the engine to end at once, which makes it forget what is in flight. Counts only after the run was stopped. @default never */
  readonly terminate?: AbortSignal;
  /** Told the arguments of every engine that has just been started. @default nobody */
  readonly onStart?: (args: readonly string[]) => void;
}

/** How a run of the engine ended, with its true exit code. */
export interface EngineCommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 128 plus the signal's number for an engine that a signal ended, as a shell has it. */
  readonly code: number;
  toString(): string;
}

/** The Automation API keeps these two to itself; they are how it tells a locked stack from a missing one. */
const { createCommandError } = automationErrors as unknown as {
  readonly createCommandError: (result: EngineCommandResult) => Error;
};

/**
 * Runs the engine's command line for the Automation API. Its own runner loses the exit code, and leaves the engine in
 * the terminal's process group, where one Ctrl-C reaches it twice: the second means "terminate now" and orphans resources.
 */
export function engineCommand(options: EngineCommandOptions): PulumiCommand {
  const command = {
    command: options.path,
    // The Automation API only prints it; its own type is a class of a package that is not ours.
    version: { version: options.version, toString: () => options.version } as unknown as PulumiCommand["version"],
    run: (args: string[], cwd: string, env: Env, onOutput?: Listener, onError?: Listener, stop?: AbortSignal) =>
      runEngine(options, args, cwd, env, { onOutput, onError, stop }),
  };
  return command;
}

/** Asks the engine something that ends by itself. @throws an error that `commandResultOf` reads */
export const askEngine = (
  options: EngineCommandOptions,
  args: readonly string[],
  cwd: string,
): Promise<EngineCommandResult> =>
  runEngine(options, args, cwd, {}, { onOutput: undefined, onError: undefined, stop: undefined });

/** Exit code and output of a failed run; undefined for an error that is not the engine's. */
export function commandResultOf(error: unknown): EngineCommandResult | undefined {
  if (!(error instanceof automationErrors.CommandError)) return undefined;
  return (error as unknown as { readonly commandResult: EngineCommandResult }).commandResult;
}

type Listener = (text: string) => void;

interface Wires {
  readonly onOutput: Listener | undefined;
  readonly onError: Listener | undefined;
  readonly stop: AbortSignal | undefined;
}

function runEngine(
  options: EngineCommandOptions,
  args: readonly string[],
  cwd: string,
  extra: Env,
  wires: Wires,
): Promise<EngineCommandResult> {
  const { path, terminate } = options;
  if (wires.stop?.aborted === true)
    return Promise.reject(createCommandError(result("", "interrupted before the engine was started", 8)));
  return new Promise((resolve, reject) => {
    const child = spawn(path, withoutQuestions(args), {
      cwd,
      env: engineEnvironment(path, options.env, extra),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    options.onStart?.(args);
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
      wires.onOutput?.(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr += text;
      wires.onError?.(text);
    });
    // Only to the engine, not to its group: plugins must live until it has heard from them.
    const interrupt = (): void => void child.kill("SIGINT");
    const interruptAgain = (): void => void (wires.stop?.aborted === true && child.kill("SIGINT"));
    wires.stop?.addEventListener("abort", interrupt, { once: true });
    terminate?.addEventListener("abort", interruptAgain, { once: true });
    const end = (ended: EngineCommandResult): void => {
      wires.stop?.removeEventListener("abort", interrupt);
      terminate?.removeEventListener("abort", interruptAgain);
      if (ended.code === 0) resolve(ended);
      else reject(createCommandError(ended));
    };
    child.on("error", ({ message }) => end(result(output.stdout, `the engine does not start: ${message}`, 127)));
    child.on("close", (code, signal) => end(result(output.stdout, output.stderr, code ?? 128 + signalNumber(signal))));
  });
}

const result = (stdout: string, stderr: string, code: number): EngineCommandResult => ({
  stdout,
  stderr,
  code,
  toString: () => `code: ${code}\n stdout: ${stdout}\n stderr: ${stderr}\n`,
});

/** A question would wait for ever: nobody sees it. */
const withoutQuestions = (args: readonly string[]): readonly string[] =>
  args.includes("--non-interactive") ? args : [...args, "--non-interactive"];

/** The engine's own folder comes first on PATH: its language hosts and plugins must be of the same version. */
export function engineEnvironment(path: string, env: Env, extra: Env): Record<string, string> {
  const merged = { ...env, ...extra, PULUMI_AUTOMATION_API: "true", PULUMI_SKIP_UPDATE_CHECK: "true" };
  const known = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const complete = Object.fromEntries(known);
  return isAbsolute(path)
    ? {
        ...complete,
        PATH: [dirname(path), ...(complete["PATH"] === undefined ? [] : [complete["PATH"]])].join(delimiter),
      }
    : complete;
}

const signalNumber = (signal: NodeJS.Signals | null): number =>
  signal === "SIGINT" ? 2 : signal === "SIGTERM" ? 15 : 9;
