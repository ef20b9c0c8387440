import { operationKey } from "./aws-error";
import type { ClientOptions, HandlerContext } from "./handler";

/** What all handlers of one provider share. */
export interface Connection {
  readonly account: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly credentials: ClientOptions["credentials"];
}

/** A throttled call is tried again by the SDK with growing pauses; eight tries take about half a minute at most. */
const maxAttempts = 8;

/** Pauses between looks: short first, as the sandbox is quick, never longer than a second. */
const firstPauseMs = 20;
const longestPauseMs = 1000;

/** Reads endpoint, region and credentials from the environment; the access key carries the account: `SANDBOX` and 12 digits. */
export function connectionFrom(
  env: Readonly<Record<string, string | undefined>>,
  region: string | undefined,
): Connection {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const inUse = region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  if (inUse === undefined) throw new Error("unable to determine an AWS region: set aws:region or AWS_REGION");
  return {
    account: /^SANDBOX(\d{12})$/.exec(accessKeyId ?? "")?.[1] ?? "000000000000",
    region: inUse,
    endpoint: env["AWS_ENDPOINT_URL"],
    credentials:
      accessKeyId === undefined
        ? undefined
        : { accessKeyId, secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "sandbox" },
  };
}

/** The context of one provider; `created` does nothing until `withCreated` gives it a meaning. */
export function handlerContext(connection: Connection): HandlerContext {
  const clients = new Map<unknown, unknown>();
  const { account, region, endpoint, credentials } = connection;
  const options: ClientOptions = {
    region,
    maxAttempts,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return {
    account,
    region,
    client<T>(make: new (options: ClientOptions) => T): T {
      if (!clients.has(make)) clients.set(make, withOperationNames(new make(options)));
      return clients.get(make) as T;
    },
    created: () => undefined,
    until,
  };
}

/** The same context for one creation, whose id goes to `note` as soon as there is one. */
export function withCreated(context: HandlerContext, note: (id: string) => void): HandlerContext {
  return { ...context, created: note };
}

/** The same context, whose waits end as soon as `isCancelled` says so: what was waited for is then not ready. */
export function interruptible(context: HandlerContext, isCancelled: () => boolean): HandlerContext {
  return {
    ...context,
    until<T>(ready: () => Promise<T | undefined>, seconds: number, what: string): Promise<T> {
      const look = async (): Promise<T | undefined> => {
        const result = await ready();
        if (result === undefined && isCancelled()) throw new Error(`interrupted while waiting for ${what}`);
        return result;
      };
      return context.until(look, seconds, what);
    },
  };
}

async function until<T>(ready: () => Promise<T | undefined>, seconds: number, what: string): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const result = await ready();
    if (result !== undefined) return result;
    if (Date.now() + pause > end) throw new Error(`timeout while waiting for ${what} (${seconds} s)`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

interface Middleware {
  add(
    middleware: (
      next: (args: object) => Promise<object>,
      context: { readonly commandName?: string },
    ) => (args: object) => Promise<object>,
    options: { readonly step: "initialize"; readonly name: string },
  ): void;
}

/** The SDK's errors do not say which call failed; without that a message like "not found" helps nobody. */
function withOperationNames<T>(client: T): T {
  const { middlewareStack } = client as { readonly middlewareStack?: Middleware };
  middlewareStack?.add(
    (next, { commandName = "" }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error) Object.assign(error, { [operationKey]: commandName.replace(/Command$/, "") });
          throw error;
        }
      },
    { step: "initialize", name: "operationNames" },
  );
  return client;
}
