import { createInterface } from "node:readline";
import { exitCodes, type SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import type { Clock } from "../ports/clock";
import type { Output, RunKind } from "../ports/output";
import { liveProgress, plainProgress, silentProgress, type Screen } from "./terminal-progress";
import { plainReleases, releaseEvents } from "./terminal-releases";

export interface TerminalOutputOptions {
  /** One JSON document on stdout and nothing else. */
  readonly json: boolean;
  /** A CI system runs this: nobody answers, even where there is a terminal. */
  readonly ci: boolean;
  readonly clock: Clock;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  /** Carries all that is not the result, so that stdout can be piped. */
  readonly stderr: Screen & NodeJS.WritableStream;
}

/** Speaks to a person on a terminal, to a log, or to a machine. The result goes to stdout, all else to stderr. */
export class TerminalOutput implements Output {
  readonly interactive: boolean;

  constructor(private readonly options: TerminalOutputOptions) {
    const { json, ci, stdin, stderr } = options;
    this.interactive = !json && !ci && stdin.isTTY === true && stderr.isTTY === true;
  }

  report({ summary, data, exitCode = exitCodes.done }: Report): void {
    if (this.options.json) this.document({ exitCode, data });
    else this.options.stdout.write(`${summary}\n`);
  }

  failure(error: SlipwayError): void {
    const { code, exitCode, message, remedy, resource, data } = error;
    if (this.options.json)
      this.document({
        exitCode,
        error: { code, message, remedy, ...(resource === undefined ? {} : { resource }), data },
      });
    else this.options.stderr.write(`${failureText(error)}\n`);
  }

  say(text: string): void {
    if (!this.options.json) this.options.stderr.write(`${text}\n\n`);
  }

  progress(title: string, kind: RunKind = "update"): ReturnType<Output["progress"]> {
    const { json, clock, stderr } = this.options;
    if (json) return silentProgress();
    return this.interactive ? liveProgress(title, kind, stderr, clock) : plainProgress(title, kind, stderr, clock);
  }

  releases(title: string): ReturnType<Output["releases"]> {
    const { json, stderr } = this.options;
    return json ? releaseEvents(stderr) : plainReleases(title, stderr);
  }

  async ask(question: string): Promise<string> {
    const { stdin, stderr } = this.options;
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return await new Promise<string>((resolve) => {
        // The end of the input is no answer.
        lines.once("close", () => resolve(""));
        lines.question(`${question} `, (answer) => resolve(answer.trim()));
      });
    } finally {
      lines.close();
    }
  }

  private document(value: unknown): void {
    this.options.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }
}

function failureText({ code, exitCode, message, remedy, resource, data }: SlipwayError): string {
  const stack = code === "bug" && typeof data["stack"] === "string" ? [data["stack"]] : [];
  const parts = [
    message,
    ...(resource === undefined ? [] : [`Resource: ${resource}`]),
    ...stack,
    remedy,
    `(${code}, exit ${exitCode})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
