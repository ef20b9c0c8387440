/** Property bag of a resource: plain JSON values, secrets already unwrapped. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a handler may reach. */
export interface HandlerContext {
  /** 12 digits; the account the caller's credentials belong to. */
  readonly account: string;
  readonly region: string;
  /** AWS SDK v3 client options (endpoint, region, credentials, retries); a handler makes its client with them, once. */
  client<T>(make: new (options: ClientOptions) => T): T;
  /**
   * Tells, inside `create`, that the resource now exists under this id. Call it before further steps: if one of them
   * fails, the state then holds the resource as half made, and nothing is orphaned.
   */
  created(id: string): void;
  /** Waits until `ready` gives a value that is not undefined; fails after `seconds`. The only way to wait. */
  until<T>(ready: () => Promise<T | undefined>, seconds: number, what: string): Promise<T>;
}

export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

export interface Created {
  readonly id: string;
  /** All outputs, inputs included; names as in the Pulumi schema. */
  readonly outputs: Properties;
}

/**
 * How one resource type is made, read, changed and removed by the AWS API. Everything generic (required, allowed,
 * conflicting, defaults, automatic names, replacement) has been settled by the provider facts before a handler is called.
 */
export interface Handler {
  create(inputs: Properties, context: HandlerContext): Promise<Created>;
  /** Outputs as AWS has them now; undefined when the resource is gone. `state` is the last known outputs (empty on import). */
  read(id: string, state: Properties, context: HandlerContext): Promise<Properties | undefined>;
  /** Applies what differs between `state` (old outputs) and `inputs`; gives the new outputs. */
  update(id: string, state: Properties, inputs: Properties, context: HandlerContext): Promise<Properties>;
  /** Idempotent: a resource that is already gone is a success. */
  delete(id: string, state: Properties, context: HandlerContext): Promise<void>;
}

/** A provider function (`aws:index/getRegion:getRegion`). */
export type Invoke = (args: Properties, context: HandlerContext) => Promise<Properties>;
