import type { Context } from "../context";
import type { Cause } from "../model/release/cause";
import { decide } from "../model/release/decide";
import type { Journal, ReleaseOutcome } from "../model/release/journal";
import type { Observed, Peers } from "../model/release/observed";
import type { ReleaseProgress } from "../model/release/progress";
import type { StoredJournal } from "../ports/journals";
import { act, type Hands } from "./act";
import { journalWriter } from "./journal-writer";
import { lookAt, type LookContext } from "./look";
import { nativeTurns } from "./native/native-turns";
import { progressOf } from "./progress-of";
import { takeTurns, type Turns } from "./turns";

export type LoopContext = LookContext &
  Pick<Context, "engine" | "http" | "journals" | "machine" | "serviceDeployments"> & {
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

/**
 * Observes, decides, acts and writes down, until the release of one service is over; gives its last journal. Killed
 * anywhere, it goes on from the stored journal as if nothing had been: every action can be done twice.
 *
 * @throws SlipwayError `lock-lost` (exit 4), `aws-unreachable` or `interrupted` (exit 1); the journal stays open then
 */
export async function runRelease(context: LoopContext, stored: StoredJournal, options: LoopOptions): Promise<Journal> {
  const { plan } = stored.journal;
  const { clock, askBack } = context;
  const writer = journalWriter(context, stored, options.fence);
  const hands: Hands = { context, plan, journal: writer, ...options };
  const turnOptions = {
    ...options,
    service: plan.service,
    writer,
    clock,
    ...(askBack === undefined ? {} : { askBack }),
  };
  return plan.mode === "ecs"
    ? takeTurns(nativeTurns(context, hands), turnOptions)
    : takeTurns(driverTurns(context, hands), turnOptions);
}

type Active = Parameters<typeof act>[1];

/** How a service is released whose traffic the driver shifts, or that rolls. */
function driverTurns(context: LookContext, hands: Hands): Turns<Observed, Active> {
  const { plan } = hands;
  return {
    look: lookAt(context, plan),
    decide: (seen, journal, now) => decide(plan, seen, journal, now),
    act: (action) => act(hands, action),
    progress: (moment) => progressOf({ plan, ...moment }),
  };
}
