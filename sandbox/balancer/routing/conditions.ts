import { BlockList, isIPv6 } from "node:net";
import type { ToldCondition } from "../door";
import { wildcard, type Fits, type WildcardOptions } from "./wildcard";

/** What rules look at. */
export interface RequestView {
  /** Lower case, without port. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  /** What is behind the question mark, without it. */
  readonly query: string;
  readonly method: string;
  /** Names and values in turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** Of the TCP peer: X-Forwarded-For does not count. */
  readonly address: string;
}

/** One condition of a rule. */
export type Condition = (request: RequestView) => boolean;

type Compile = (told: ToldCondition) => Condition;

/** TABLE of conditions by field, each as the ALB user guide, "Rule condition types", says. */
const fields: Readonly<Record<string, Compile>> = {
  "host-header": (told) => {
    const fits = anyOf(told.HostHeaderConfig, told.Values, { ignoresCase: true });
    return ({ host }) => fits(host);
  },
  "path-pattern": (told) => {
    const fits = anyOf(told.PathPatternConfig, told.Values, {});
    return ({ path }) => fits(path);
  },
  "http-header": (told) => {
    const name = (told.HttpHeaderConfig?.HttpHeaderName ?? "").toLowerCase();
    const fits = anyOf(told.HttpHeaderConfig, undefined, { ignoresCase: true });
    return ({ rawHeaders }) => someHeader(rawHeaders, name, fits);
  },
  "http-request-method": (told) => {
    const methods = new Set(told.HttpRequestMethodConfig?.Values ?? []);
    return ({ method }) => methods.has(method);
  },
  "query-string": (told) => {
    const wanted = (told.QueryStringConfig?.Values ?? []).map(({ Key, Value }) => ({
      key: Key ? wildcard(Key, escapable) : undefined,
      value: wildcard(Value, escapable),
    }));
    return ({ query }) =>
      pairsOf(query).some(([key, value]) => wanted.some((one) => (one.key?.(key) ?? true) && one.value(value)));
  },
  "source-ip": (told) => {
    const list = blockList(told.SourceIpConfig?.Values ?? []);
    return ({ address }) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  },
};

const escapable: WildcardOptions = { ignoresCase: true, canEscape: true };

/** Compiles the conditions of a rule; a field that nobody knows never holds. */
export const compileConditions = (told: readonly ToldCondition[]): readonly Condition[] =>
  told.map((one) => (Object.hasOwn(fields, one.Field) ? fields[one.Field]?.(one) : undefined) ?? never);

const never: Condition = () => false;

function anyOf(
  config: { readonly Values: readonly string[]; readonly RegexValues: readonly string[] } | null | undefined,
  short: readonly string[] | null | undefined,
  options: WildcardOptions,
): Fits {
  const patterns = config?.Values.length ? config.Values : (short ?? []);
  const regexes = (config?.RegexValues ?? []).map((source) => regex(source, options));
  const all = [...patterns.map((pattern) => wildcard(pattern, options)), ...regexes];
  const [only] = all;
  return only && all.length === 1 ? only : (text) => all.some((fits) => fits(text));
}

function regex(source: string, { ignoresCase }: WildcardOptions): Fits {
  try {
    const compiled = new RegExp(source, ignoresCase ? "i" : "");
    return (text) => compiled.test(text);
  } catch {
    return () => false;
  }
}

function someHeader(rawHeaders: readonly string[], name: string, fits: Fits): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === name && fits(rawHeaders[at + 1] ?? "")) return true;
  }
  return false;
}

function pairsOf(query: string): readonly (readonly [string, string])[] {
  if (query === "") return [];
  return query.split("&").map((pair) => {
    const equals = pair.indexOf("=");
    return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
  });
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    try {
      list.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
    } catch {
      // A range that is none matches nobody.
    }
  }
  return list;
}
