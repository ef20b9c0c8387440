/** What a command has to say. Commands return it; only the output adapter prints it. */
export interface Report {
  /** For people: finished text, may have several lines. */
  readonly summary: string;
  /** For `--json`; never a secret. */
  readonly data: Readonly<Record<string, unknown>>;
  /** @default 0 */
  readonly exitCode?: number;
}
