import type { Scope } from "./scope";

/** The cloud behind the front, asked in the name of an account. */
export interface Moto {
  /**
   * Calls an operation of a JSON service.
   *
   * @param target value of X-Amz-Target, for example `Logs_20140328.PutLogEvents`
   * @throws AwsFault as the service answered
   */
  call(scope: Scope, service: string, target: string, input: object): Promise<Readonly<Record<string, unknown>>>;
  /** Calls an operation of a query service (SNS, for example) and drops the answer. @throws AwsFault */
  query(scope: Scope, service: string, parameters: Readonly<Record<string, string>>): Promise<void>;
  /** Calls one of the side doors of `sandbox/emulator/server.py`, for example `/slipway/seed`. */
  door(path: string, body: object): Promise<Readonly<Record<string, unknown>>>;
}
