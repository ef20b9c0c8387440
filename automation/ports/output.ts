import type { SlipwayError } from "../model/errors";
import type { ReleaseProgress } from "../model/release/progress";
import type { Report } from "../model/report";
import type { EngineProgress } from "./engine";

/** Whether an engine run changes anything. @default "update" */
export type RunKind = "preview" | "update";

/** Where a command speaks and asks. */
export interface Output {
  /** False in CI, in a pipe and with `--json`: then nothing is ever asked. */
  readonly interactive: boolean;
  report(report: Report): void;
  failure(error: SlipwayError): void;
  /** Text in the middle of a command, for example the table before a question. Nothing with `--json`. */
  say(text: string): void;
  /**
   * Starts a live view of an engine run; the function returned ends it. A preview only looks: what it comes to is told
   * as what would be done, and as totals only.
   */
  progress(
    title: string,
    kind?: RunKind,
  ): { readonly onProgress: (event: EngineProgress) => void; readonly end: () => void };
  /** Starts a live view of releases, one line or block a service; `end` ends it. With `--json` events go to stderr. */
  releases(title: string): { readonly show: (progress: ReleaseProgress) => void; readonly end: () => void };
  /** The answer to a question, trimmed. Only when `interactive`. */
  ask(question: string): Promise<string>;
}
