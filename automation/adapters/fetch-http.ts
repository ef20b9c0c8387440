import type { Http } from "../ports/http";

export interface FetchHttpOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** To come. */
export function fetchHttp(options: FetchHttpOptions): Http {
  throw new Error(`fetch-http is not there yet (${Object.keys(options.env).length}).`);
}
