import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";

export type AccountDecision =
  | { readonly kind: "allowed" }
  | { readonly kind: "forbidden"; readonly account: string }
  | { readonly kind: "mismatch"; readonly account: string; readonly expected: string };

/** Whether an environment may be changed with the credentials of an account. A forbidden account is named as such first. */
export function accountDecision(
  account: string,
  configured: { readonly id: string; readonly forbidden: readonly string[] },
): AccountDecision {
  if (configured.forbidden.includes(account)) return { kind: "forbidden", account };
  return account === configured.id ? { kind: "allowed" } : { kind: "mismatch", account, expected: configured.id };
}

/**
 * Asks AWS who is calling, before anything is changed; gives the answer.
 *
 * @throws SlipwayError `account-forbidden` or `account-mismatch` (exit 3)
 */
export async function guardAccount({
  identity,
  config,
  stack,
}: Pick<Context, "identity" | "config" | "stack">): ReturnType<Context["identity"]["caller"]> {
  const { account, arn } = await identity.caller();
  const decision = accountDecision(account, config.account);
  switch (decision.kind) {
    case "allowed":
      return { account, arn };
    case "forbidden":
      throw refusal(
        "account-forbidden",
        `Account ${account} is forbidden for ${stack}; the caller is ${arn}.`,
        config.account,
        arn,
      );
    case "mismatch":
      throw refusal(
        "account-mismatch",
        `${stack} belongs to account ${decision.expected}, and the caller ${arn} is in account ${account}.`,
        config.account,
        arn,
      );
  }
}

function refusal(
  code: string,
  message: string,
  { id, profile }: { readonly id: string; readonly profile?: string | undefined },
  caller: string,
): SlipwayError {
  const how =
    profile === undefined
      ? `credentials of account ${id}`
      : `credentials of account ${id}, for example AWS_PROFILE=${profile}`;
  return new SlipwayError({
    code,
    exitCode: exitCodes.blocked,
    message,
    remedy: `Nothing was changed. Use ${how}.`,
    data: { caller },
  });
}
