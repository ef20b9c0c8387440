import { describeOwner, type LeaseHolding } from "../model/lease";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError } from "../model/errors";

/** Somebody else is changing the stack. */
export function lockedError(
  stack: string,
  { owner, since, renewedAt }: LeaseHolding,
  { waitedMs, now }: { readonly waitedMs: number; readonly now: number },
): SlipwayError {
  const silent = Math.max(0, now - Date.parse(renewedAt));
  const waited = waitedMs < 1_000 ? "" : ` Waited ${describeDuration(waitedMs)} for it.`;
  return new SlipwayError({
    code: "stack-locked",
    exitCode: exitCodes.locked,
    message: `${stack} is locked by ${describeOwner(owner)} since ${since}: \`slipway ${owner.command} ${stack}\`, last sign of life ${describeDuration(silent)} ago.${waited}`,
    remedy: `Nothing was changed. Wait for that run, for example with --wait-for-lock=10m. A run that was killed frees the lock by itself; \`slipway unlock ${stack}\` says what is known about it.`,
    data: { lock: { ...owner, since, renewedAt } },
  });
}

/** The lease is no longer this process': it was too late with a sign of life, or somebody has forced the lock open. */
export const lostError = (stack: string, why: string): SlipwayError =>
  new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message: `The lock of ${stack} was lost: ${why}. This run has stopped.`,
    remedy: `Somebody else may be changing ${stack} now. Look at \`slipway history ${stack}\`, then at \`slipway preview ${stack}\`, and run it again.`,
  });

/** A record that nobody understands is nobody's to break. */
export const unreadableError = (stack: string, where: string, reason: string): SlipwayError =>
  new SlipwayError({
    code: "lock-unreadable",
    exitCode: exitCodes.locked,
    message: `The lock of ${stack} in ${where} cannot be read: ${reason}.`,
    remedy: `A newer Slipway may have written it. When nobody is changing ${stack}: \`slipway unlock ${stack} --force --reason <why>\`.`,
  });
