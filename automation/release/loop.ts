import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Action } from "../model/release/action";
import type { Cause } from "../model/release/cause";
import { decide } from "../model/release/decide";
import { standOf } from "../model/release/fold";
import type { Journal, JournalFact, ReleaseOutcome } from "../model/release/journal";
import type { Observed, Peers } from "../model/release/observed";
import type { ReleaseProgress } from "../model/release/progress";
import type { StoredJournal } from "../ports/journals";
import { act, type Hands, type Result } from "./act";
import { journalWriter } from "./journal-writer";
import { lookAt, type LookContext } from "./look";
import { progressOf } from "./progress-of";

export type LoopContext = LookContext &
  Pick<Context, "engine" | "http" | "journals" | "machine"> & {
    /** Answers a question of policy `ask`; undefined where nobody can be asked, and then the release goes back. */
    readonly askBack?: (service: string, cause: Cause) => Promise<"back" | "leave">;
  };

export interface LoopOptions extends Pick<Hands, "assertHeld" | "engineRun"> {
  /** Fencing number of the service's lock. */
  readonly fence: number;
  /** Fires when a lock is lost, with the reason: nothing more is done then. */
  readonly signal?: AbortSignal;
  /** Fires at Ctrl-C: what is being done is finished, and the rest is left to whoever resumes. */
  readonly stop?: AbortSignal;
  /** How the services are doing that are released together with this one. @default alone */
  readonly peers?: (journal: Journal) => Peers;
  readonly show?: (progress: ReleaseProgress) => void;
  /** Before the record is closed; done again when a kill came between. @default nothing */
  readonly atEnd?: (journal: Journal, outcome: ReleaseOutcome) => Promise<void>;
}

/** Between two tries of a call that AWS did not take. */
const againMs = 1_000;
/** Nobody learns anything from asking longer; the record stays, and can be resumed. */
const longestBlindMs = 15 * 60_000;
/** More notes than that without an act would be a circle. */
const mostNotes = 20;

/**
 * Observes, decides, acts and writes down, until the release of one service is over; gives its last journal. Killed
 * anywhere, it goes on from the stored journal as if nothing had been: every action can be done twice.
 *
 * @throws SlipwayError `lock-lost` (exit 4), `aws-unreachable` or `interrupted` (exit 1); the journal stays open then
 */
export async function runRelease(context: LoopContext, stored: StoredJournal, options: LoopOptions): Promise<Journal> {
  const { plan } = stored.journal;
  const { clock } = context;
  const writer = journalWriter(context, stored, options.fence);
  const hands: Hands = { context, plan, journal: writer, ...options };
  const look = lookAt(context, plan);
  const peersOf = options.peers ?? (() => "none");
  let last: Result = {};
  const wake = anyOf([options.signal, options.stop]);
  for (;;) {
    options.signal?.throwIfAborted();
    if (options.stop?.aborted === true) throw interrupted(plan.service);
    let journal = await writer.read();
    let seen = withResult(await look(journal, peersOf(journal)), last);
    refuseBlindness(seen, clock.now(), plan.service);
    last = {};
    // What is only written down changes nothing at AWS, so the next decision needs no other look.
    for (let notes = 0; ; notes++) {
      if (notes > mostNotes) throw new Error(`the release of ${plan.service} decides in a circle`);
      const action = decide(plan, seen, journal, clock.now());
      options.show?.(progressOf({ plan, journal, seen, action, now: clock.now() }));
      if (action.kind === "stop") return journal;
      if (action.kind !== "note" && action.kind !== "ask") {
        last = await perform(hands, action, wake);
        break;
      }
      const fact = action.kind === "note" ? action.fact : await answerTo(context, plan.service, action.cause);
      if (fact.kind === "closed") await options.atEnd?.(journal, fact.outcome);
      journal = await writer.append(fact);
      if (fact.kind === "closed") {
        await writer.close();
        return journal;
      }
      // What an action came to has been decided on by now.
      seen = withoutResult(seen);
    }
  }
}

async function perform(
  hands: Hands,
  action: Exclude<Action, { kind: "note" | "ask" | "stop" }>,
  wake: AbortSignal | undefined,
): Promise<Result> {
  const { clock } = hands.context;
  if (action.kind === "wait") {
    await clock.sleep(action.ms, wake);
    return {};
  }
  const result = await act(hands, action);
  if (result.again === true) await clock.sleep(againMs, wake);
  return result;
}

async function answerTo({ askBack }: LoopContext, service: string, cause: Cause): Promise<JournalFact> {
  const answer = askBack === undefined ? "back" : await askBack(service, cause);
  return { kind: answer === "back" ? "turned-back" : "left-as-is", cause };
}

function withResult(seen: Observed, { failure, checks }: Result): Observed {
  if (seen.kind === "blind") return seen;
  return {
    ...seen,
    ...(failure === undefined ? {} : { failure }),
    ...(checks === undefined ? {} : { checks }),
  };
}

function withoutResult(seen: Observed): Observed {
  if (seen.kind === "blind") return seen;
  const told = Object.entries(seen).filter(([part]) => part !== "failure" && part !== "checks");
  return Object.fromEntries(told) as unknown as Observed;
}

function refuseBlindness(seen: Observed, now: Date, service: string): void {
  if (seen.kind !== "blind" || now.getTime() - Date.parse(seen.since) < longestBlindMs) return;
  throw new SlipwayError({
    code: "aws-unreachable",
    exitCode: exitCodes.failed,
    message: `AWS could not be asked about the release of ${service} since ${seen.since}: ${seen.error}`,
    remedy: `Its record is kept. When AWS answers again: \`slipway release resume\` goes on, \`slipway release abort\` goes back.`,
  });
}

const interrupted = (service: string): SlipwayError =>
  new SlipwayError({
    code: "interrupted",
    exitCode: exitCodes.failed,
    message: `Interrupted: the release of ${service} is where it was, and nobody goes on with it.`,
    remedy: "`slipway release resume` goes on, `slipway release abort` goes back.",
  });

function anyOf(signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const known = signals.filter((signal) => signal !== undefined);
  return known.length === 0 ? undefined : AbortSignal.any(known);
}

/** How a release ended, or undefined while it is open. */
export const outcomeOf = (journal: Journal) => standOf(journal).outcome;
