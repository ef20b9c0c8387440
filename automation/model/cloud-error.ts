/** What a failed call to AWS means for whoever made it. */
export type CloudErrorKind =
  /** Throttled, 5xx, reset, timed out: the same call may work in a moment. */
  | "transient"
  /** Not allowed, or the credentials have expired. */
  | "denied"
  /** What the call names is not there. */
  | "missing"
  /** AWS refuses the input or the state. */
  | "refused";

/** A call to AWS that failed, after the SDK's own retries. */
export class CloudError extends Error {
  constructor(
    readonly kind: CloudErrorKind,
    /** `ecs:UpdateService` */
    readonly operation: string,
    /** AWS' own code, for example `ThrottlingException`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CloudError";
  }
}
