import type { Scope } from "../model/scope";

/** Whether both are the same account in the same region. */
export const isSameScope = (one: Scope, other: Scope): boolean =>
  one.account === other.account && one.region === other.region;
