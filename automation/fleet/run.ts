import type { Context } from "../context";
import type { Fleet } from "../model/fleet/fleet";
import { exitCodes, SlipwayError } from "../model/errors";
import { decideFleet, type FleetAction } from "../model/fleet/decide";
import type { FleetFact, FleetJournal } from "../model/fleet/journal";
import type { StoredFleetJournal } from "../ports/fleet-journals";
import type { InstanceAnswer } from "../ports/instances";
import { checkInstance } from "./check-instance";
import { probe } from "./probe";
import { shownAnswer } from "./shown-answer";

export type RunFleetContext = Pick<Context, "clock" | "instances" | "fleetJournals" | "http">;

export interface FleetRun {
  readonly context: RunFleetContext;
  readonly fleet: Fleet;
  readonly stored: StoredFleetJournal;
  /** @throws SlipwayError `lock-lost` */
  assertHeld(): Promise<void>;
  readonly show: (journal: FleetJournal, action: FleetAction) => void;
}

/** What AWS did not take is asked again so often, so far apart. */
const attempts = 5;
const betweenMs = 5_000;

/**
 * Decides, acts and writes down until the run is over or stuck; gives its journal as it is then. Killed at any point, the
 * same function goes on with the stored journal: what was begun is simply done again.
 */
export async function runFleet(run: FleetRun): Promise<FleetJournal> {
  const { context, fleet, stored, show } = run;
  const { clock, instances, fleetJournals } = context;
  let known = stored;
  const append = async (fact: FleetFact): Promise<void> => {
    const { journal, version } = known;
    const entry = { ...fact, at: clock.now().toISOString() };
    const written = await fleetJournals.write({ ...journal, entries: [...journal.entries, entry] }, version);
    if (written === undefined) throw lost(journal);
    known = written;
  };
  const { component } = stored.journal.plan;
  for (;;) {
    const action = decideFleet(known.journal, clock.now());
    if (action.kind !== "stop") show(known.journal, action);
    await run.assertHeld();
    switch (action.kind) {
      case "stop":
        return known.journal;
      case "note":
        await append(action.fact);
        break;
      case "wait":
        await clock.sleep(action.ms);
        break;
      case "check": {
        const { instance, version } = action;
        const answer = await persistent(clock, () => checkInstance(context, component, fleet, instance, version));
        await append(answer.kind === "ok" ? { kind: "healthy", instance } : failure("check-failed", instance, answer));
        break;
      }
      case "look": {
        const probes = action.members.map((member) => probe(context, component, fleet, member));
        await append({ kind: "watched", probes: await Promise.all(probes) });
        break;
      }
      case "update": {
        const { instance, to } = action.move;
        await append({ kind: "updating", instance });
        const answer = await persistent(clock, () => instances.update(component, fleet, instance, to));
        await append(answer.kind === "ok" ? { kind: "updated", instance } : failure("update-failed", instance, answer));
        break;
      }
      case "restore": {
        const { instance, from } = action.move;
        await append({ kind: "restoring", instance });
        const answer = await persistent(clock, () => instances.update(component, fleet, instance, from));
        await append(
          answer.kind === "ok" ? { kind: "restored", instance } : failure("restore-failed", instance, answer),
        );
        break;
      }
    }
  }
}

const failure = <K extends string>(kind: K, instance: string, { text }: { readonly text: string }) => ({
  kind,
  instance,
  text,
});

/** What may work in a moment is tried again. */
async function persistent(clock: Context["clock"], call: () => Promise<InstanceAnswer>): Promise<InstanceAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await shownAnswer(call);
    if (!answer.isPassing || attempt === attempts) return answer;
    await clock.sleep(betweenMs);
  }
}

const lost = ({ stack, plan: { component } }: FleetJournal): SlipwayError =>
  new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message: `The run over the fleet ${component} of ${stack} is in other hands now.`,
    remedy: `This run has stopped acting. See \`slipway fleet status ${stack} ${component}\`.`,
  });
