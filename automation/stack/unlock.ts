import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError, usageError } from "../model/errors";
import { describeOwner, leaseTimes } from "../model/lease";
import type { Report } from "../model/report";
import type { Unlock } from "../ports/history";
import type { LockView } from "../ports/lock";
import { confirmed, requireConsent, type Consent } from "./ask-first";
import { actor } from "./changing";
import { guardAccount } from "./guard";

export interface UnlockOptions extends Consent {
  /** Also a lock whose holder may be alive. @default false */
  readonly force?: boolean;
  /** Why it is forced; recorded. */
  readonly reason?: string | undefined;
}

type UnlockContext = Pick<Context, "stack" | "config" | "identity" | "output" | "lock" | "history" | "machine">;

/** Opens a lock that is one's own or whose holder is dead; anybody else's only by force, with a reason that is recorded. */
export async function unlock(context: UnlockContext, options: UnlockOptions): Promise<Report> {
  const { output, stack, lock } = context;
  const reason = forceReason(options);
  requireConsent(output, options);
  const { arn } = await guardAccount(context);
  const view = await lookClosely(context).catch((error: unknown) => {
    if (reason !== undefined && error instanceof SlipwayError && error.code === "lock-unreadable")
      return "unreadable" as const;
    throw error;
  });
  if (view === undefined) return { summary: `${stack} is not locked.`, data: { outcome: "unchanged" } };

  const because = view === "unreadable" ? "forced" : rightTo(view, context, reason);
  if (because === undefined) throw refusal(context, view as LockView);
  const holder = view === "unreadable" ? null : view.owner;
  const data = { because, holder, ...(reason === undefined ? {} : { reason }) };
  output.say(warning(context, view, because));
  if (options.dryRun === true) return { summary: "A dry run: the lock stays.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, `Open the lock of ${stack}? (yes/no):`, "yes", options))) {
    return {
      summary: "Not confirmed: the lock stays.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  }
  // An entry too many is better than a forced lock that nobody hears of.
  await context.history.append(entry(context, arn, holder, because, reason));
  if (!(await (view === "unreadable" ? lock.clear() : lock.free(view)))) throw changedMeanwhile(stack);
  return {
    summary: `The lock of ${stack} is open.\n\nNext:\n  slipway preview ${stack}    what the run that held it has left to do`,
    data: { outcome: "unlocked", ...data },
  };
}

/** @throws SlipwayError `usage` (exit 2) */
function forceReason({ force = false, reason }: UnlockOptions): string | undefined {
  const said = reason?.trim() ?? "";
  if (force && said === "")
    throw usageError("--force needs a --reason: it is recorded.", "Say why nobody can be alive.");
  if (!force && said !== "") throw usageError("--reason is what --force needs; without it nothing is forced.");
  return force ? said : undefined;
}

/** An expired lock is watched: only that shows whether its holder is dead. */
async function lookClosely({ lock, output }: UnlockContext): Promise<LockView | undefined> {
  const view = await lock.look();
  if (view?.standing !== "suspect") return view;
  output.say(
    `The lock of ${describeOwner(view.owner)} has expired. Watching for ${describeDuration(leaseTimes.watchMs)} whether it is dead.`,
  );
  return lock.look({ thorough: true });
}

function rightTo(
  { owner, standing }: LockView,
  { machine }: UnlockContext,
  reason: string | undefined,
): Unlock["because"] | undefined {
  if (standing === "dead" || standing === "expired" || standing === "free") return "dead";
  if (owner.machine === machine.id && owner.user === machine.user) return "own";
  return reason === undefined ? undefined : "forced";
}

function warning({ stack }: UnlockContext, view: LockView | "unreadable", because: Unlock["because"]): string {
  if (view === "unreadable") return `The lock of ${stack} cannot be read: nobody knows whose it is.`;
  const holder = `${stack} is locked by ${describeOwner(view.owner)} since ${view.since}: \`${view.owner.command}\`.`;
  switch (because) {
    case "dead":
      return `${holder} That run is dead.`;
    case "own":
      return `${holder} That run is yours, and alive: it finishes what is in flight and stops when it notices, within ${describeDuration(leaseTimes.heartbeatMs)}.`;
    case "forced":
      return `${holder} It may be alive: then it finishes what is in flight and stops when it notices, within ${describeDuration(leaseTimes.heartbeatMs)} if it reaches the lock. Until then two runs may change ${stack}.`;
  }
}

const refusal = ({ stack, machine }: UnlockContext, { owner, since, renewedAt }: LockView): SlipwayError =>
  new SlipwayError({
    code: "lock-in-use",
    exitCode: exitCodes.locked,
    message: `The lock of ${stack} is neither yours nor proven dead: ${describeOwner(owner)} has held it since ${since} for \`${owner.command}\`, last sign of life ${describeDuration(Math.max(0, machine.now().getTime() - Date.parse(renewedAt)))} ago.`,
    remedy: `Wait for that run, or end it where it runs. A killed one is known to be dead ${describeDuration(leaseTimes.ttlMs + leaseTimes.skewMs)} after its last sign of life. If you know better: --force --reason <why>, which is recorded.`,
    data: { lock: { ...owner, since, renewedAt } },
  });

const changedMeanwhile = (stack: string): SlipwayError =>
  new SlipwayError({
    code: "lock-in-use",
    exitCode: exitCodes.locked,
    message: `The lock of ${stack} has changed hands in the meantime; it was left alone.`,
    remedy: `Look again: \`slipway unlock ${stack} --dry-run\`.`,
  });

const entry = (
  { stack, machine }: UnlockContext,
  arn: string,
  holder: Unlock["holder"],
  because: Unlock["because"],
  reason: string | undefined,
): Unlock => ({
  kind: "unlock",
  at: machine.now().toISOString(),
  stack,
  by: actor(machine, arn),
  holder,
  because,
  ...(reason === undefined ? {} : { reason }),
});
