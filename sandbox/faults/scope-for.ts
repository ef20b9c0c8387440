import { type Scope, scopeOf } from "../model/scope";
import type { FaultActions } from "./fault-actions";
import { badFault, type FaultRequest } from "./fault-request";

/**
 * Where something is to be done: where its ARN says, or the request, or else the only account and region that there is
 * anything in.
 *
 * @throws AwsFault when there are several
 */
export function scopeFor(
  { account, region }: Pick<FaultRequest, "account" | "region">,
  { scopes }: Pick<FaultActions, "scopes">,
  arn?: string,
): Scope {
  const named = arn === undefined ? undefined : scopeOf(arn);
  if (named) return named;
  if (account && region) return { account, region };
  const fitting = scopes().filter(
    (scope) => (account ?? scope.account) === scope.account && (region ?? scope.region) === scope.region,
  );
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const found = fitting.map((scope) => `${scope.account} ${scope.region}`).join(", ") || "none";
  throw badFault(`Which account and region? There is ${found}. Say \`--account\` and \`--region\`.`);
}
