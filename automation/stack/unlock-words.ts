import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError } from "../model/errors";
import { describeOwner, leaseTimes } from "../model/lease";
import type { Unlock } from "../ports/history";
import type { LockView } from "../ports/lock";

/** How a lock is spoken of. */
export interface LockWords {
  /** `staging`, `the release of web in staging`. */
  readonly name: string;
  /** The same as the first words of a sentence. */
  readonly title: string;
  /** What follows `slipway unlock`. */
  readonly words: string;
  /** What to do when it is open. */
  readonly next: string;
}

export function lockWords(stack: string, service: string | undefined): LockWords {
  if (service === undefined)
    return {
      name: stack,
      title: stack,
      words: stack,
      next: `slipway preview ${stack}    what the run that held it has left to do`,
    };
  const name = `release of ${service} in ${stack}`;
  return {
    name: `the ${name}`,
    title: `The ${name}`,
    words: `${stack} --service ${service}`,
    next: `slipway release status ${stack} ${service}    where the release is that the run has left`,
  };
}

/** Of the switches of a name that this stack shares with another. */
export const switchWords = (stack: string, shared: string): LockWords => ({
  name: `the switch of ${shared}`,
  title: `The switch of ${shared}`,
  words: `${stack} --switch`,
  next: `slipway switch ${stack} --status    where the switch is that the run has left`,
});

/** What is known about a lock that is about to be opened. */
export function unlockWarning(
  { name, title }: LockWords,
  view: LockView | "unreadable",
  because: Unlock["because"],
): string {
  if (view === "unreadable") return `The lock of ${name} cannot be read: nobody knows whose it is.`;
  const holder = `${title} is locked by ${describeOwner(view.owner)} since ${view.since}: \`${view.owner.command}\`.`;
  const heartbeat = describeDuration(leaseTimes.heartbeatMs);
  switch (because) {
    case "dead":
      return `${holder} That run is dead.`;
    case "own":
      return `${holder} That run is yours, and alive: it finishes what is in flight and stops when it notices, within ${heartbeat}.`;
    case "forced":
      return `${holder} It may be alive: then it finishes what is in flight and stops when it notices, within ${heartbeat} if it reaches the lock. Until then two runs may change ${name}.`;
  }
}

/** Neither one's own nor proven dead. */
export const inUseError = (
  { name }: LockWords,
  { owner, since, renewedAt }: LockView,
  machine: Pick<Context["machine"], "now">,
): SlipwayError =>
  new SlipwayError({
    code: "lock-in-use",
    exitCode: exitCodes.locked,
    message: `The lock of ${name} is neither yours nor proven dead: ${describeOwner(owner)} has held it since ${since} for \`${owner.command}\`, last sign of life ${describeDuration(Math.max(0, machine.now().getTime() - Date.parse(renewedAt)))} ago.`,
    remedy: `Wait for that run, or end it where it runs. A killed one is known to be dead ${describeDuration(leaseTimes.ttlMs + leaseTimes.skewMs)} after its last sign of life. If you know better: --force --reason <why>, which is recorded.`,
    data: { lock: { ...owner, since, renewedAt } },
  });

/** Somebody else was faster than the answer to the question. */
export const changedError = ({ name, words }: LockWords): SlipwayError =>
  new SlipwayError({
    code: "lock-in-use",
    exitCode: exitCodes.locked,
    message: `The lock of ${name} has changed hands in the meantime; it was left alone.`,
    remedy: `Look again: \`slipway unlock ${words} --dry-run\`.`,
  });
