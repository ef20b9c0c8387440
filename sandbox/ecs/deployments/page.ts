import { AwsFault } from "../../model/aws-fault";

/** A page of a list whose items have a name that stays; the token names the last one that was told. */
export function pageOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  size: number,
  token: string | undefined,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const from = token === undefined ? 0 : items.findIndex((item) => tokenOf(nameOf(item)) === token) + 1;
  if (token !== undefined && from === 0) throw new AwsFault("InvalidParameterException", "Invalid token");
  const page = items.slice(from, from + size);
  const last = page.at(-1);
  const hasMore = from + size < items.length;
  return { items: page, nextToken: hasMore && last !== undefined ? tokenOf(nameOf(last)) : undefined };
}

/** Callers are not to read it. */
const tokenOf = (name: string): string => Buffer.from(name).toString("base64url");
