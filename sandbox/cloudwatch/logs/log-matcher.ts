/** Undefined for a line that does not match; else what gives the value of a field (`$.latency`, `$bytes`). */
export type LogMatcher = (message: string) => ((field: string) => unknown) | undefined;

/** A pattern that CloudWatch Logs would refuse, or that the sandbox cannot read. */
export class PatternFault extends Error {}
