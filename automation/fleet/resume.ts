import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import { standOfFleet } from "../model/fleet/stand";
import type { Report } from "../model/report";
import type { StoredFleetJournal } from "../ports/fleet-journals";
import { confirmed, type Consent } from "../stack/ask-first";
import { changing, type ChangingContext, type LockOptions } from "../stack/changing";
import { fleetOf } from "./fleet-of";
import { goOn, type GoOnContext } from "./go-on";
import { instanceTable } from "./instance-rows";
import { onFleet } from "./on-fleet";

export type FleetResumeContext = ChangingContext & GoOnContext & Pick<Context, "serviceLock">;

export interface FleetResumeOptions extends Consent, LockOptions {
  readonly component: string;
}

/** Goes on with a run that was killed, or that could not bring an instance back. */
export async function fleetResume(context: FleetResumeContext, options: FleetResumeOptions): Promise<Report> {
  const { component } = options;
  fleetOf(context.config, component);
  const request = { command: "fleet resume", options, asked: { component } };
  return changing(onFleet(context, component), request, async (under) => {
    const { journal, version } = openRun(await context.fleetJournals.last(component), context.stack, component);
    const { turnedBack } = standOfFleet(journal);
    context.output.say(
      `The run ${journal.id} goes ${turnedBack === null ? "on" : `back: ${turnedBack}`}.\n\n${instanceTable(journal)}`,
    );
    const data = { run: journal.id, component };
    if (options.dryRun === true)
      return { summary: "Nothing was changed (--dry-run).", data: { outcome: "planned", ...data } };
    if (!(await confirmed(context.output, `Go on? Type ${component}:`, component, options)))
      return { summary: "Nothing was changed.", data: { outcome: "declined", ...data } };
    const at = context.clock.now().toISOString();
    const resumed = { ...journal, entries: [...journal.entries, { kind: "resumed" as const, at }] };
    return goOn(context, resumed, version, under);
  });
}

function openRun(last: StoredFleetJournal | undefined, stack: string, component: string): StoredFleetJournal {
  if (last !== undefined && standOfFleet(last.journal).outcome === null) return last;
  throw new SlipwayError({
    code: "fleet-run-none",
    exitCode: exitCodes.blocked,
    message: `There is no open run over the fleet ${component} of ${stack}.`,
    remedy: `Nothing was changed. See \`slipway fleet status ${stack} ${component}\`.`,
  });
}
