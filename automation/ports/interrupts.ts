/** What the operator wants when Ctrl-C or a request to end arrives in the middle of an engine run. */
export interface Interrupts {
  /** Fires once, at the first Ctrl-C or SIGTERM: finish what is in flight, start nothing new. */
  readonly stop: AbortSignal;
  /** Fires once, when the operator has agreed to lose track of what is in flight. */
  readonly terminate: AbortSignal;
  /** Gives the signals back to the process. */
  dispose(): void;
}
