import { AwsFault } from "../model/aws-fault";

/** A page of 50 at most; the token says how many have been told. */
export function pageOf<T>(
  items: readonly T[],
  { MaxResults = 50, NextToken }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, "base64url").toString());
  if (!Number.isInteger(from) || from < 0) throw new AwsFault("InvalidNextTokenException", "The NextToken is invalid.");
  const to = from + MaxResults;
  const next = to < items.length ? Buffer.from(String(to)).toString("base64url") : undefined;
  return { items: items.slice(from, to), NextToken: next };
}
