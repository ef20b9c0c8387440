import { faults } from "./faults";

/**
 * One page of names, in their own order; a token says after which one the next begins, so that nothing is told twice
 * when something comes or goes in between.
 *
 * @throws AwsFault `InvalidParameterException` for a token that we did not give
 */
export function pageOf(
  names: readonly string[],
  size: number,
  token: string | undefined,
): { readonly items: readonly string[]; readonly nextToken: string | undefined } {
  const after = token === undefined ? "" : afterOf(token);
  const rest = [...names].sort().filter((name) => name > after);
  const items = rest.slice(0, size);
  const last = items.at(-1);
  return { items, nextToken: rest.length > size && last !== undefined ? tokenOf(last) : undefined };
}

const mark = "after:";

const tokenOf = (name: string): string => Buffer.from(mark + name).toString("base64url");

function afterOf(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith(mark)) throw faults.badToken();
  return text.slice(mark.length);
}
