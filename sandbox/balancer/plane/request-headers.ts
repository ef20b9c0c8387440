import type { Listener } from "../tables";

/** What a request brings along. */
export interface Arrival {
  readonly rawHeaders: readonly string[];
  readonly address: string;
  readonly clientPort: number;
  /** Value of the Host header; undefined in HTTP/1.0. */
  readonly host: string | undefined;
  /** A new value for X-Amzn-Trace-Id: `1-<8 hex>-<24 hex>`. */
  readonly trace: string;
  readonly tls?: { readonly version: string; readonly cipher: string };
}

/** Headers for the target, names and values in turns; or the status that the load balancer refuses the request with. */
export type Forwarded =
  { readonly kind: "headers"; readonly headers: string[] } | { readonly kind: "refused"; readonly status: number };

/** Limits of the ALB user guide, "Quotas" and "Troubleshoot"; bytes. */
const longestHeader = 16 * 1024;
const mostForwarders = 30;

/** Headers of one connection only (RFC 9110, 7.6.1), and those that the load balancer writes anew. */
const notForwarded: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "upgrade",
  "expect",
  "host",
  "x-forwarded-proto",
  "x-forwarded-port",
]);
const validName = /^[-A-Za-z0-9]+$/;

/** The request's headers as the target gets them (ALB user guide, "X-Forwarded headers", "Request tracing"). */
export function forwardedHeaders(arrival: Arrival, { balancer, port, protocol }: Listener): Forwarded {
  const { rawHeaders } = arrival;
  const headers: string[] = ["Host", hostFor(arrival.host, balancer.keepsHost, port, balancer.dnsName)];
  let forwardedFor = "";
  let trace = "";
  let dropped: ReadonlySet<string> | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const value = rawHeaders[at + 1] ?? "";
    if (name.length + value.length > longestHeader) return { kind: "refused", status: 400 };
    const lower = name.toLowerCase();
    if (lower === "x-forwarded-for") forwardedFor = forwardedFor === "" ? value : `${forwardedFor}, ${value}`;
    else if (lower === "x-amzn-trace-id") trace = value;
    else if (lower === "connection") dropped = namedBy(value, dropped);
    else if (lower === "transfer-encoding" && !/^(chunked|identity)$/i.test(value))
      return { kind: "refused", status: 501 };
    else if (notForwarded.has(lower)) continue;
    else if (balancer.dropsInvalidHeaders && !validName.test(name)) continue;
    else headers.push(name, value);
  }
  if (forwardedFor.split(",").length > mostForwarders) return { kind: "refused", status: 463 };
  const chain = chainOf(forwardedFor, arrival, balancer.forwardedFor, balancer.tellsClientPort);
  if (chain !== "") headers.push("X-Forwarded-For", chain);
  headers.push("X-Forwarded-Proto", protocol === "HTTPS" ? "https" : "http", "X-Forwarded-Port", String(port));
  headers.push("X-Amzn-Trace-Id", tracedBy(trace, arrival.trace));
  if (balancer.tellsTls && arrival.tls) {
    headers.push("X-Amzn-Tls-Version", arrival.tls.version, "X-Amzn-Tls-Cipher-Suite", arrival.tls.cipher);
  }
  return { kind: "headers", headers: dropped === undefined ? headers : without(headers, dropped) };
}

/** A name without its port, in lower case. */
export function hostName(host: string): string {
  const colon = host.lastIndexOf(":");
  return (colon > host.lastIndexOf("]") ? host.slice(0, colon) : host).toLowerCase();
}

/** No port on the standard ports, and the listener's own on all others. */
function hostFor(host: string | undefined, keepsHost: boolean, port: number, dnsName: string): string {
  if (host === undefined || host === "") return dnsName;
  if (keepsHost) return host;
  const name = hostName(host);
  return port === 80 || port === 443 ? name : `${name}:${port}`;
}

function chainOf(
  before: string,
  { address, clientPort }: Arrival,
  mode: "append" | "preserve" | "remove",
  tellsPort: boolean,
): string {
  if (mode === "remove") return "";
  if (mode === "preserve") return before;
  const last = tellsPort ? `${address}:${clientPort}` : address;
  return before === "" ? last : `${before}, ${last}`;
}

/** A root that is there stays, and the load balancer's own field is put in front. */
function tracedBy(given: string, made: string): string {
  if (given === "") return `Root=${made}`;
  return given.includes("Root=") ? `Self=${made};${given}` : `Root=${made};${given}`;
}

function namedBy(connection: string, before: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  if (/^\s*(keep-alive|close)\s*$/i.test(connection)) return before;
  return new Set([...(before ?? []), ...connection.split(",").map((name) => name.trim().toLowerCase())]);
}

function without(headers: readonly string[], dropped: ReadonlySet<string>): string[] {
  // Never what decides where the body ends.
  const stays = (name: string): boolean => /^(host|content-length|transfer-encoding)$/i.test(name);
  return headers.flatMap((name, at) =>
    at % 2 === 1 || (dropped.has(name.toLowerCase()) && !stays(name)) ? [] : [name, headers[at + 1] ?? ""],
  );
}
