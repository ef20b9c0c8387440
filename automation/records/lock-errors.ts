import { describeOwner, type LeaseHolding } from "../model/lease";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError } from "../model/errors";
import type { LockSubject } from "./lock-subject";

/** Somebody else is changing the stack, or releasing the service. */
export function lockedError(
  { title, code, words, unlockWords }: LockSubject,
  { owner, since, renewedAt }: LeaseHolding,
  { waitedMs, now }: { readonly waitedMs: number; readonly now: number },
): SlipwayError {
  const silent = Math.max(0, now - Date.parse(renewedAt));
  const waited = waitedMs < 1_000 ? "" : ` Waited ${describeDuration(waitedMs)} for it.`;
  return new SlipwayError({
    code,
    exitCode: exitCodes.locked,
    message: `${title} is locked by ${describeOwner(owner)} since ${since}: \`slipway ${owner.command} ${words}\`, last sign of life ${describeDuration(silent)} ago.${waited}`,
    remedy: `Nothing was changed. Wait for that run, for example with --wait-for-lock=10m. A run that was killed frees the lock by itself; \`slipway unlock ${unlockWords}\` says what is known about it.`,
    data: { lock: { ...owner, since, renewedAt } },
  });
}

/** The lease is no longer this process': it was too late with a sign of life, or somebody has forced the lock open. */
export const lostError = ({ name, look }: LockSubject, why: string): SlipwayError =>
  new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message: `The lock of ${name} was lost: ${why}. This run has stopped.`,
    remedy: `Somebody else may have it now. Look at ${look}.`,
  });

/** A record that nobody understands is nobody's to break. */
export const unreadableError = ({ name, unlockWords }: LockSubject, where: string, reason: string): SlipwayError =>
  new SlipwayError({
    code: "lock-unreadable",
    exitCode: exitCodes.locked,
    message: `The lock of ${name} in ${where} cannot be read: ${reason}.`,
    remedy: `A newer Slipway may have written it. When nobody is at work: \`slipway unlock ${unlockWords} --force --reason <why>\`.`,
  });
