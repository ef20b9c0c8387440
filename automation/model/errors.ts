/** Exit codes of every command; stable, scripts rely on them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, blocked: 3, locked: 4, unhealthy: 5, rolledBack: 10 } as const;

export interface SlipwayErrorDetail {
  /** Stable word for scripts and tests, for example `account-mismatch`; the message may change. */
  readonly code: string;
  readonly exitCode: number;
  readonly message: string;
  /** What the operator can do now. */
  readonly remedy: string;
  /** URN or name of the failing resource, when there is one. */
  readonly resource?: string;
  /** Further facts for `--json`; never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An end that was foreseen. Anything else that is thrown is a bug and keeps its stack. */
export class SlipwayError extends Error {
  readonly code: string;
  readonly exitCode: number;
  readonly remedy: string;
  readonly resource: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(detail: SlipwayErrorDetail, options?: ErrorOptions) {
    super(detail.message, options);
    this.name = "SlipwayError";
    this.code = detail.code;
    this.exitCode = detail.exitCode;
    this.remedy = detail.remedy;
    this.resource = detail.resource;
    this.data = detail.data ?? {};
  }
}

/** The same end under another exit code, for a command whose codes are documented differently. */
export const withExitCode = (error: SlipwayError, exitCode: number): SlipwayError =>
  new SlipwayError(
    {
      code: error.code,
      exitCode,
      message: error.message,
      remedy: error.remedy,
      data: error.data,
      ...(error.resource === undefined ? {} : { resource: error.resource }),
    },
    { cause: error },
  );

/** Wrong words on the command line. */
export const usageError = (message: string, remedy = "See `slipway --help`."): SlipwayError =>
  new SlipwayError({ code: "usage", exitCode: exitCodes.usage, message, remedy });
