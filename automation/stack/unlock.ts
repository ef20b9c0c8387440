import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { exitCodes, SlipwayError, usageError } from "../model/errors";
import { describeOwner, leaseTimes } from "../model/lease";
import type { Report } from "../model/report";
import type { Unlock } from "../ports/history";
import type { Lock, LockView } from "../ports/lock";
import { confirmed, requireConsent, type Consent } from "./ask-first";
import { guardAccount } from "./guard";
import { actor } from "./run-record";
import { changedError, inUseError, lockWords, switchWords, unlockWarning, type LockWords } from "./unlock-words";

export interface UnlockOptions extends Consent {
  /** Opens the lock of the releases of this service. @default the stack's own */
  readonly service?: string | undefined;
  /** Opens the lock of the switches of the name that this stack shares. @default false */
  readonly switch?: boolean | undefined;
  /** Also a lock whose holder may be alive. @default false */
  readonly force?: boolean;
  /** Why it is forced; recorded. */
  readonly reason?: string | undefined;
}

type UnlockContext = Pick<
  Context,
  "stack" | "config" | "identity" | "output" | "lock" | "serviceLock" | "switchLock" | "history" | "machine"
>;

/** Opens a lock that is one's own or whose holder is dead; anybody else's only by force, with a reason that is recorded. */
export async function unlock(context: UnlockContext, options: UnlockOptions): Promise<Report> {
  const { output } = context;
  const { service } = options;
  const reason = forceReason(options);
  requireConsent(output, options);
  const { arn } = await guardAccount(context);
  const { lock, words } = chosen(context, options);
  const view = await lookClosely(context, lock).catch((error: unknown) => {
    if (reason !== undefined && error instanceof SlipwayError && error.code === "lock-unreadable")
      return "unreadable" as const;
    throw error;
  });
  if (view === undefined) {
    requireService(context, service);
    return { summary: `${words.title} is not locked.`, data: { outcome: "unchanged" } };
  }

  const because = view === "unreadable" ? "forced" : rightTo(view, context, reason);
  if (because === undefined) throw inUseError(words, view as LockView, context.machine);
  const holder = view === "unreadable" ? null : view.owner;
  const about = { ...(service === undefined ? {} : { service }), because, holder };
  const data = { ...about, ...(reason === undefined ? {} : { reason }) };
  output.say(unlockWarning(words, view, because));
  if (options.dryRun === true) return { summary: "A dry run: the lock stays.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, `Open the lock of ${words.name}? (yes/no):`, "yes", options))) {
    return {
      summary: "Not confirmed: the lock stays.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  }
  // An entry too many is better than a forced lock that nobody hears of.
  await context.history.append(entry(context, arn, data));
  if (!(await (view === "unreadable" ? lock.clear() : lock.free(view)))) throw changedError(words);
  return {
    summary: opened(words),
    data: { outcome: "unlocked", ...data },
  };
}

/** @throws SlipwayError `usage` (exit 2) */
function chosen(
  { stack, config: { dns }, ...context }: UnlockContext,
  options: UnlockOptions,
): { readonly lock: Lock; readonly words: LockWords } {
  const { service } = options;
  if (options.switch !== true)
    return {
      lock: service === undefined ? context.lock : context.serviceLock(service),
      words: lockWords(stack, service),
    };
  if (service !== undefined) throw usageError("--switch and --service are two locks.", "Open one after the other.");
  if (dns === undefined) throw usageError(`${stack} shares its name with no other environment (\`slipway:dns\`).`);
  return { lock: context.switchLock(dns), words: switchWords(stack, dns.name) };
}

const opened = ({ name, next }: LockWords): string => `The lock of ${name} is open.\n\nNext:\n  ${next}`;

/** @throws SlipwayError `usage` (exit 2) */
function forceReason({ force = false, reason }: UnlockOptions): string | undefined {
  const said = reason?.trim() ?? "";
  if (force && said === "")
    throw usageError("--force needs a --reason: it is recorded.", "Say why nobody can be alive.");
  if (!force && said !== "") throw usageError("--reason is what --force needs; without it nothing is forced.");
  return force ? said : undefined;
}

/** A service that is configured no more may still have a lock; one that never was is a wrong word. */
function requireService({ stack, config }: UnlockContext, service: string | undefined): void {
  const known = [...Object.keys(config.services), ...Object.keys(config.fleets).map((fleet) => `fleet-${fleet}`)];
  if (service === undefined || known.includes(service)) return;
  throw usageError(
    `${stack} has no service "${service}".`,
    known.length === 0 ? "It has none." : `Its services: ${known.join(", ")}.`,
  );
}

/** An expired lock is watched: only that shows whether its holder is dead. */
async function lookClosely({ output }: UnlockContext, lock: Lock): Promise<LockView | undefined> {
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

const entry = (
  { stack, machine }: UnlockContext,
  arn: string,
  about: Pick<Unlock, "service" | "holder" | "because" | "reason">,
): Unlock => ({ kind: "unlock", at: machine.now().toISOString(), stack, by: actor(machine, arn), ...about });
