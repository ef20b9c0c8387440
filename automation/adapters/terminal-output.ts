import { createInterface } from "node:readline";
import { exitCodes, type SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import type { Clock } from "../ports/clock";
import type { Output, RunKind } from "../ports/output";
import { liveProgress, plainProgress, silentProgress, type Screen } from "./terminal-progress";
import { isDumb, styleOf } from "./release-view-style";
import { liveReleases, type LiveReleases } from "./terminal-live-releases";
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
  /** Of it NO_COLOR, TERM and the locale are looked at. @default a terminal without colours, in ASCII */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Speaks to a person on a terminal, to a log, or to a machine. The result goes to stdout, all else to stderr. */
export class TerminalOutput implements Output {
  readonly interactive: boolean;
  /** Blocks that are drawn now: what else is said goes above them. */
  private live: LiveReleases | undefined;

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
    if (this.options.json) return;
    if (this.live === undefined) this.options.stderr.write(`${text}\n\n`);
    else this.live.above(`${text}\n\n`);
  }

  progress(title: string, kind: RunKind = "update"): ReturnType<Output["progress"]> {
    const { json, clock, stderr } = this.options;
    if (json) return silentProgress();
    const { live } = this;
    if (live !== undefined) return plainProgress(title, kind, { write: (text) => live.above(text) }, clock);
    return this.interactive ? liveProgress(title, kind, stderr, clock) : plainProgress(title, kind, stderr, clock);
  }

  releases(title: string): ReturnType<Output["releases"]> {
    const { json, clock, stderr, env = plainEnv } = this.options;
    if (json) return releaseEvents(stderr);
    if (!this.interactive || isDumb(env)) return plainReleases(title, stderr);
    const live = liveReleases({ title, screen: stderr, clock, style: () => styleOf(env, stderr.columns) });
    this.live = live;
    return {
      show: live.show,
      end: () => {
        this.live = undefined;
        live.end();
      },
    };
  }

  async ask(question: string): Promise<string> {
    const { stdin, stderr } = this.options;
    const resume = this.live?.pause();
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return await new Promise<string>((resolve) => {
        // The end of the input is no answer.
        lines.once("close", () => resolve(""));
        lines.question(`${question} `, (answer) => resolve(answer.trim()));
      });
    } finally {
      lines.close();
      resume?.();
    }
  }

  private document(value: unknown): void {
    this.options.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }
}

const plainEnv = { NO_COLOR: "1" };

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
