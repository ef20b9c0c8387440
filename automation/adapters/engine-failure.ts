/** Everything that is known about a failed run of the engine. */
export interface EngineFailure {
  readonly operation: "preview" | "up" | "refresh" | "destroy" | "outputs" | "cancel" | "export" | "open";
  readonly stack: string;
  readonly project: string;
  /** The engine's true exit code. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Errors that the engine told about, the resource's URN with them. */
  readonly diagnostics: readonly { readonly urn?: string; readonly message: string }[];
  /** URNs of the resources whose operation failed. */
  readonly failed: readonly string[];
  /** We asked the engine to stop. */
  readonly isInterrupted: boolean;
  /** Values that no message may show. */
  readonly secrets: readonly string[];
}

/** Stands for a diagnostic that names nothing but the end of the run. */
const summaries = /^(update|preview|destroy|refresh) (failed|canceled)$|^One or more errors occurred/;

/**
 * Follows from another failure: a run that is bound to a plan misses every operation it did not get to, and what was
 * under way loses its connection.
 */
const consequences =
  /^expected resource operations for \S+ but none were seen|grpc: the client connection is closing|^resource monitor shut down/;

/** True for an error that another error explains. */
export const isConsequence = (message: string): boolean => consequences.test(message.trim());

/**
 * Errors that say something, each once; the engine tells an error of the program twice. What only follows from
 * another error is left out when that other error is there.
 */
export function tellingDiagnostics({ diagnostics }: EngineFailure): EngineFailure["diagnostics"] {
  const seen = new Set<string>();
  const telling = diagnostics.filter(({ urn, message }) => {
    const key = `${urn ?? ""} ${message.trim()}`;
    if (summaries.test(message.trim()) || seen.has(key)) return false;
    return seen.add(key);
  });
  const causes = telling.filter(({ message }) => !isConsequence(message));
  return causes.length > 0 ? causes : telling;
}

/** All that was said about the failure, for the patterns of the table. */
export const failureText = (failure: EngineFailure): string =>
  [failure.stderr, ...failure.diagnostics.map(({ message }) => message)].join("\n");

/** The last thing a command said. */
export const lastLine = (said: string): string =>
  said
    .trim()
    .split("\n")
    .at(-1)
    ?.replace(/^error: /, "") ?? "";
