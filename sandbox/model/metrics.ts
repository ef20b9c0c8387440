import type { Scope } from "./scope";

/** Samples of one metric in one period. */
export interface Datum extends Scope {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Every sample: percentiles are made of them. */
  readonly values: readonly number[];
  /** How often each value occurred. @default once each */
  readonly counts?: readonly number[];
  readonly unit?: string;
  /** When it was measured; the store puts it into its minute. */
  readonly at: Date;
}

/** Takes what others measure. */
export interface MetricSink {
  put(data: readonly Datum[]): void;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Alarms {
  /** Undefined for an alarm that does not exist. */
  state(scope: Scope, name: string): AlarmState | undefined;
}
