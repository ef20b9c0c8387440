/** An error that AWS documents; the front writes it in the caller's protocol. Everything else thrown is a bug: 500. */
export class AwsFault extends Error {
  constructor(
    /** As the service's model names it, for example `ClusterNotFoundException`. */
    readonly code: string,
    message: string,
    /** HTTP status. @default 400 */
    readonly status = 400,
  ) {
    super(message);
  }
}
