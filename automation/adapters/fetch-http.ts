import { isIP } from "node:net";
import type { Dispatcher } from "undici";
import type { Http, HttpAnswer, HttpRequest } from "../ports/http";
import { lazily } from "./aws-clients";
import { whyFailed } from "./http-failure";

export interface FetchHttpOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or not. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A check reads a status and a few fields. */
const mostBytes = 64 * 1024;

const defaultTimeoutMs = 5_000;

/** HTTP by undici, which can be told proxy and certificate for each request; node's own fetch can not. */
export function fetchHttp({ env }: FetchHttpOptions): Http {
  const open = lazily(() => import("undici"));

  return {
    async get(request): Promise<HttpAnswer> {
      const began = performance.now();
      // One for the whole answer: undici's own begin again with every byte.
      const timeout = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
      let agent: Dispatcher | undefined;
      try {
        const undici = await open();
        // A new one each time: every check sees what a new client would, and no socket stays.
        agent = new undici.EnvHttpProxyAgent({ ...proxiesOf(env), ...tlsOf(request) });
        const { statusCode, headers, body } = await undici.request(request.url, {
          dispatcher: agent,
          headers: request.headers ?? {},
          signal: timeout,
          // Not in its types: what goes before the `host` header, which undici takes else.
          ...nameOf(request),
        });
        const text = await beginningOf(body as AsyncIterable<Uint8Array>);
        return {
          kind: "answered",
          status: statusCode,
          headers: flat(headers),
          body: text,
          durationMs: Math.round(performance.now() - began),
        };
      } catch (error) {
        return { kind: "failed", why: timeout.aborted ? "timeout" : whyFailed(error) };
      } finally {
        await agent?.destroy();
      }
    },
  };
}

/** For the server asked, whether it is reached directly or through a proxy. */
function tlsOf(request: HttpRequest) {
  const tls = { rejectUnauthorized: request.verifyCertificate ?? true, ...nameOf(request) };
  return { connect: tls, requestTls: tls };
}

/** Through a proxy undici would take the URL's host though a `host` header names another. */
function nameOf({ url, headers = {}, serverName }: HttpRequest): { readonly servername?: string } {
  const written = Object.entries(headers).find(([name]) => name.toLowerCase() === "host")?.[1];
  const name = serverName ?? (written === undefined ? new URL(url).hostname : written.replace(/:\d+$/, ""));
  // TLS has no names that are addresses (RFC 6066, 3).
  return isIP(name.replace(/^\[|\]$/g, "")) === 0 ? { servername: name } : {};
}

/** undici reads `process.env` where it is told nothing; an empty text is no proxy. */
const proxiesOf = (env: FetchHttpOptions["env"]) => ({
  httpProxy: env["http_proxy"] ?? env["HTTP_PROXY"] ?? "",
  httpsProxy: env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "",
  noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
});

/** What comes after it is not waited for. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, mostBytes));
}

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
