import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import { anySignal } from "../model/any-signal";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Action } from "../model/release/action";
import type { Cause } from "../model/release/cause";
import type { Journal, JournalFact, ReleaseOutcome } from "../model/release/journal";
import type { CheckResult, Peers } from "../model/release/observed";
import type { ReleaseProgress } from "../model/release/progress";
import type { Result } from "./act";
import type { JournalWriter } from "./journal-writer";

/** Decisions that are the loop's own to carry out, whoever shifts the traffic. */
export type Passive = Extract<Action, { kind: "note" | "ask" | "wait" | "stop" }>;

/** What a look may give, as far as the loop has to know. */
export type Look =
  | { readonly kind: "blind"; readonly since: string; readonly error: string }
  | { readonly kind: "seen"; readonly failure?: Cause; readonly checks?: CheckResult };

/** One way of releasing: what is looked at, what is decided from it, and how that is done. */
export interface Turns<S extends Look, A extends { readonly kind: string }> {
  look(journal: Journal, peers: Peers): Promise<S>;
  decide(seen: S, journal: Journal, now: Date): A | Passive;
  act(action: A): Promise<Result>;
  progress(moment: {
    readonly journal: Journal;
    readonly seen: S;
    readonly action: A | Passive;
    readonly now: Date;
  }): ReleaseProgress;
}

export interface TurnOptions {
  readonly service: string;
  readonly writer: JournalWriter;
  readonly clock: Context["clock"];
  readonly askBack?: (service: string, cause: Cause) => Promise<"back" | "leave">;
  readonly signal?: AbortSignal;
  readonly stop?: AbortSignal;
  readonly peers?: (journal: Journal) => Peers;
  readonly show?: (progress: ReleaseProgress) => void;
  readonly atEnd?: (journal: Journal, outcome: ReleaseOutcome) => Promise<void>;
}

/** Between two tries of a call that AWS did not take. */
const againMs = 1_000;
/** Nobody learns anything from asking longer; the record stays, and can be resumed. */
const longestBlindMs = 15 * 60_000;
/** More notes than that without an act would be a circle. */
const mostNotes = 20;

/** Observes, decides, acts and writes down, until the release is over or stops; gives its last journal. */
export async function takeTurns<S extends Look, A extends { readonly kind: string }>(
  turns: Turns<S, A>,
  options: TurnOptions,
): Promise<Journal> {
  const { service, writer, clock } = options;
  const peersOf = options.peers ?? (() => "none");
  const wake = anySignal([options.signal, options.stop]);
  let last: Result = {};
  for (;;) {
    refuseToGoOn(options);
    let journal = await writer.read();
    // The others that stop now have not failed.
    refuseToGoOn(options);
    let seen = withResult(await turns.look(journal, peersOf(journal)), last);
    refuseBlindness(seen, clock.now(), service);
    last = {};
    // What is only written down changes nothing at AWS, so the next decision needs no other look.
    for (let notes = 0; ; notes++) {
      if (notes > mostNotes) throw new Error(`the release of ${service} decides in a circle`);
      const action = turns.decide(seen, journal, clock.now());
      options.show?.(turns.progress({ journal, seen, action, now: clock.now() }));
      if (!isPassive(action)) {
        last = await turns.act(action);
        if (last.again === true) await clock.sleep(againMs, wake);
        break;
      }
      if (action.kind === "stop") return journal;
      if (action.kind === "wait") {
        await clock.sleep(action.ms, wake);
        break;
      }
      const fact = action.kind === "note" ? action.fact : await answerTo(options, action.cause);
      if (fact.kind === "closed" && !(await isRecorded(options, journal, fact.outcome))) {
        await clock.sleep(againMs, wake);
        break;
      }
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

const passive: ReadonlySet<string> = new Set<Passive["kind"]>(["note", "ask", "wait", "stop"]);

const isPassive = (action: { readonly kind: string }): action is Passive => passive.has(action.kind);

async function answerTo({ askBack, service }: TurnOptions, cause: Cause): Promise<JournalFact> {
  const answer = askBack === undefined ? "back" : await askBack(service, cause);
  return { kind: answer === "back" ? "turned-back" : "left-as-is", cause };
}

/** Whether everything is kept that is to be kept before the end; false when AWS may answer in a moment. */
async function isRecorded(
  { atEnd, service }: TurnOptions,
  journal: Journal,
  outcome: ReleaseOutcome,
): Promise<boolean> {
  try {
    await atEnd?.(journal, outcome);
    return true;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.kind === "transient") return false;
    throw new SlipwayError(
      {
        code: "aws",
        exitCode: exitCodes.failed,
        message: `The release of ${service} is over, but its rollback point could not be kept: ${error.operation}: ${error.message}`,
        remedy: "When that is mended, `slipway release resume` keeps it and closes the record.",
      },
      { cause: error },
    );
  }
}

function withResult<S extends Look>(seen: S, { failure, checks }: Result): S {
  if (seen.kind === "blind") return seen;
  return {
    ...seen,
    ...(failure === undefined ? {} : { failure }),
    ...(checks === undefined ? {} : { checks }),
  };
}

function withoutResult<S extends Look>(seen: S): S {
  if (seen.kind === "blind") return seen;
  const told = Object.entries(seen).filter(([part]) => part !== "failure" && part !== "checks");
  return Object.fromEntries(told) as unknown as S;
}

function refuseBlindness(seen: Look, now: Date, service: string): void {
  if (seen.kind !== "blind" || now.getTime() - Date.parse(seen.since) < longestBlindMs) return;
  throw new SlipwayError({
    code: "aws-unreachable",
    exitCode: exitCodes.failed,
    message: `AWS could not be asked about the release of ${service} since ${seen.since}: ${seen.error}`,
    remedy: `Its record is kept. When AWS answers again: \`slipway release resume\` goes on, \`slipway release abort\` goes back. When what it is about is gone: \`slipway release abort --forget --reason <why>\`.`,
  });
}

/** @throws SlipwayError `lock-lost` or `interrupted` */
function refuseToGoOn({ signal, stop, service }: TurnOptions): void {
  signal?.throwIfAborted();
  if (stop?.aborted === true) throw interrupted(service);
}

const interrupted = (service: string): SlipwayError =>
  new SlipwayError({
    code: "interrupted",
    exitCode: exitCodes.failed,
    message: `Interrupted: the release of ${service} is where it was, and nobody goes on with it.`,
    remedy: "`slipway release resume` goes on, `slipway release abort` goes back.",
  });
