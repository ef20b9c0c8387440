import type { ToldAction } from "../door";

/** A redirect with its keywords still in it. */
export interface Redirect {
  readonly status: 301 | 302;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** What the keywords stand for. */
export interface RedirectView {
  /** `http` or `https` */
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  /** With the leading slash. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** What is not given stays as it was (API reference, RedirectActionConfig). */
export function redirectOf(config: NonNullable<ToldAction["RedirectConfig"]>): Redirect {
  return {
    status: config.StatusCode === "HTTP_302" ? 302 : 301,
    protocol: (config.Protocol ?? "#{protocol}").toLowerCase(),
    host: config.Host ?? "#{host}",
    port: config.Port ?? "#{port}",
    path: config.Path ?? "/#{path}",
    query: config.Query ?? "#{query}",
  };
}

/** Where a request is sent. AWS always writes the port. */
export function locationOf(redirect: Redirect, view: RedirectView): RedirectView {
  const words: Readonly<Record<string, string>> = { ...view, path: view.path.replace(/^\//, "") };
  const filled = (text: string): string =>
    text.replace(/#\{(protocol|host|port|path|query)\}/g, (_, word: string) => words[word] ?? "");
  return {
    protocol: filled(redirect.protocol),
    host: filled(redirect.host),
    port: filled(redirect.port),
    path: filled(redirect.path),
    query: filled(redirect.query),
  };
}

/** The location as a header. */
export const written = ({ protocol, host, port, path, query }: RedirectView): string =>
  `${protocol}://${host}:${port}${path}${query === "" ? "" : `?${query}`}`;
