import type { Slot } from "../../infra/releases";
import type { Context } from "../context";
import type { ServicePlan } from "../model/release/plan";
import type { Cause } from "../model/release/cause";
import type { Journal, ReleaseOutcome, ReleaseRequest } from "../model/release/journal";
import type { StoredJournal } from "../ports/journals";
import type { UnderLock } from "../stack/changing";
import { stopping } from "../stack/run-options";
import { makeBarrier, standingOf, type Standing } from "./barrier";
import { keepRecords } from "./keep-records";
import { runRelease, type LoopContext, type LoopOptions } from "./loop";
import { notifyTeam } from "./notify";
import { trafficToLive } from "./traffic-to-live";
import { runTogether, type ServiceEnd, type Start } from "./together";

export type RunContext = Omit<LoopContext, "askBack"> &
  Pick<Context, "stack" | "config" | "output" | "interrupts" | "points" | "watches" | "notices">;

/** The locks of a run, as far as it has to know of them. */
export interface ReleaseLocks {
  /** Fires when one of them is lost. */
  readonly signal?: AbortSignal;
  /** Number of the lock of a service. */
  fenceOf(service: string): number;
  /** @throws SlipwayError `lock-lost` */
  assertHeld(): Promise<void>;
  /** Holds the stack's own lock, too, while the engine runs. */
  engineRun<T>(run: (signal: AbortSignal | undefined) => Promise<T>): Promise<T>;
}

/** @param services in the order in which their locks were asked for */
export const locksOf = (under: UnderLock, services: readonly string[]): ReleaseLocks => ({
  ...(under.signal === undefined ? {} : { signal: under.signal }),
  fenceOf: (service) => under.fences[services.indexOf(service)] ?? 0,
  assertHeld: () => under.assertHeld(),
  engineRun: (run) => under.engineRun(run),
});

/** What is run together. */
export interface Run extends Pick<ReleaseRequest, "command" | "services" | "order" | "allOrNothing"> {
  readonly release: string;
}

/** Runs open releases to their ends, under a live view; what each one came to is a value. */
export async function runStored(
  context: RunContext,
  locks: ReleaseLocks,
  request: Run,
  starts: readonly Start[],
): Promise<readonly ServiceEnd[]> {
  const view = context.output.releases(`${titles[request.command]} in ${context.stack}`);
  const { stop } = context.interrupts();
  const barrier = makeBarrier(await standings(context, request, starts));
  const runOne = (stored: StoredJournal, peers: LoopOptions["peers"] & object): Promise<Journal> => {
    const { plan } = stored.journal;
    const options: LoopOptions = {
      fence: locks.fenceOf(plan.service),
      ...(locks.signal === undefined ? {} : { signal: locks.signal }),
      stop,
      assertHeld: () => locks.assertHeld(),
      engineRun: (run) => locks.engineRun(run),
      peers,
      show: view.show,
      atEnd: async (journal: Journal, outcome: ReleaseOutcome) => {
        const live = liveAfter(plan, outcome);
        await locks.assertHeld();
        if (live !== undefined) await trafficToLive(context, plan, live);
        // A rolling release moves nothing but what the engine itself has done.
        if (plan.mode !== "rolling")
          await locks.engineRun((signal) =>
            context.engine.syncReleases({
              services: [plan.service],
              ...stopping({ signal }),
            }),
          );
        await keepRecords(context, journal, outcome);
        await notifyTeam(context, journal, outcome);
      },
    };
    const loopContext: LoopContext = { ...context, ...asking(context.output) };
    return runRelease(loopContext, stored, options);
  };
  try {
    return await runTogether(starts, request, barrier, runOne);
  } finally {
    view.end();
  }
}

/** The slot that is to have all traffic at the end; undefined where that is for somebody to find out. */
function liveAfter({ from, to }: ServicePlan, outcome: ReleaseOutcome): Slot | undefined {
  if (outcome === "done") return to.slot;
  return outcome === "rolled-back" ? from.slot : undefined;
}

const titles: Readonly<Record<ReleaseRequest["command"], string>> = {
  release: "Release",
  rollback: "Rollback",
  restart: "Restart",
};

/** Services that are not part of this run have come to an end already, or never began: then they do not any more. */
async function standings(
  { journals }: Pick<Context, "journals">,
  { release, services, allOrNothing }: Run,
  starts: readonly Start[],
): Promise<ReadonlyMap<string, Standing>> {
  const running = new Set(starts.map(({ service }) => service));
  const known = new Map<string, Standing>();
  for (const service of allOrNothing ? services : [...running]) {
    const latest = running.has(service) ? [] : await journals.latest(lookedThrough, service);
    const own = latest.find((journal) => journal.release === release);
    known.set(service, running.has(service) ? "waiting" : own === undefined ? "failed" : standingOf(own));
  }
  return known;
}

/** A service that has come to its end may have been released again while the others were left open. */
const lookedThrough = 50;

/** Only where somebody can answer. */
const asking = (output: Context["output"]): Pick<LoopContext, "askBack"> =>
  output.interactive
    ? {
        askBack: async (service: string, { text }: Cause) => {
          const answer = await output.ask(`${service}: ${text}\nGo back to the version before? (yes/no):`);
          return answer.toLowerCase() === "no" ? "leave" : "back";
        },
      }
    : {};
