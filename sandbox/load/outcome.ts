/** What became of one request. */
export type Outcome =
  /** Something answered, to the last byte; a task also says who it is. */
  | {
      readonly kind: "answer";
      readonly status: number;
      /** `x-slipway-version` */
      readonly version: string | undefined;
      /** `x-slipway-task` */
      readonly task: string | undefined;
    }
  /** Refused, reset, or broken off in the middle of the answer. */
  | { readonly kind: "connection"; readonly reason: string }
  /** No whole answer in time. */
  | { readonly kind: "timeout" };

/** What a person calls this failure, `502` for example; undefined for an answer below 400. */
export function failureOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case "answer":
      return outcome.status < 400 ? undefined : String(outcome.status);
    case "connection":
      return "connection";
    case "timeout":
      return "timeout";
  }
}
