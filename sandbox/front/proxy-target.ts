import type { IncomingHttpHeaders } from "node:http";
import { isIPv6 } from "node:net";
import type { Scope } from "../model/scope";
import { accountOf } from "./credential";

/** Where somebody behind a proxy wants to go. */
export interface ProxyTarget {
  /** Lower case, an IPv6 address without brackets. */
  readonly name: string;
  readonly port: number;
  /** What goes to the server itself. */
  readonly path: string;
}

/** Whether a request is one to a proxy: its target is a whole URL (RFC 9112, 3.2.2). */
export const isProxied = (url: string | undefined): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(url ?? "");

/** Reads a URL of HTTP as a request to a proxy has it; undefined for anything else. */
export function absoluteTarget(url: string): ProxyTarget | undefined {
  if (!/^http:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  // As it was written: a URL's parser would mend what a server should see as it is.
  const rest = url.replace(/^http:\/\/[^/?#]*/i, "").replace(/#.*$/, "");
  return {
    name: plainHost(hostname),
    port: port === "" ? 80 : Number(port),
    path: rest.startsWith("/") ? rest : `/${rest}`,
  };
}

/** Reads `name:port`, all that CONNECT may say (RFC 9112, 3.2.3). */
export function authorityTarget(authority: string): ProxyTarget | undefined {
  const [, host = "", digits = ""] = /^(\[[0-9a-f:.]+\]|[^:@/?#\s[\]]+):(\d{1,5})$/i.exec(authority) ?? [];
  const port = Number(digits);
  const name = plainHost(host);
  if (name === "" || port < 1 || port > 65_535 || (host.startsWith("[") && !isIPv6(name))) return undefined;
  return { name, port, path: "" };
}

const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");

/** In whose name somebody asks: an access key of the sandbox and a region, as user and password of the proxy's URL. */
export function scopeOfProxy(headers: IncomingHttpHeaders): Scope | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers["proxy-authorization"] ?? "")?.[1] ?? "";
  const [key = "", region = ""] = Buffer.from(encoded, "base64").toString().split(":");
  const account = accountOf(key);
  return account !== undefined && region !== "" ? { account, region } : undefined;
}
