import { AwsFault } from "../../model/aws-fault";

/** One page of a list, and the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly NextToken?: string;
}

/** Tokens say where to go on; they hold no state, so none can run out. @throws AwsFault `InvalidNextToken` */
export function pageOf<T>(all: readonly T[], size: number, token: string | undefined): Page<T> {
  const start = token === undefined ? 0 : startOf(token);
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length ? { NextToken: tokenOf(end) } : {}) };
}

/** The start that a token names. @throws AwsFault `InvalidNextToken` */
export function startOf(token: string): number {
  const start = Number(/^at:(\d{1,9})$/.exec(Buffer.from(token, "base64").toString())?.[1] ?? NaN);
  if (Number.isNaN(start)) throw new AwsFault("InvalidNextToken", "Invalid nextToken");
  return start;
}

export const tokenOf = (start: number): string => Buffer.from(`at:${start}`).toString("base64");
