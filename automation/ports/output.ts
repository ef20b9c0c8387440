import type { SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import type { EngineProgress } from "./engine";

/** Where a command speaks and asks. */
export interface Output {
  /** False in CI, in a pipe and with `--json`: then nothing is ever asked. */
  readonly interactive: boolean;
  report(report: Report): void;
  failure(error: SlipwayError): void;
  /** Text in the middle of a command, for example the table before a question. Nothing with `--json`. */
  say(text: string): void;
  /** Starts a live view of an engine run; the function returned ends it. */
  progress(title: string): { readonly onProgress: (event: EngineProgress) => void; readonly end: () => void };
  /** The answer to a question, trimmed. Only when `interactive`. */
  ask(question: string): Promise<string>;
}
