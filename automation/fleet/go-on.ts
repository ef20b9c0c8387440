import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { FleetJournal } from "../model/fleet/journal";
import { standOfFleet } from "../model/fleet/stand";
import type { Report } from "../model/report";
import type { UnderLock } from "../stack/changing";
import { fleetOf } from "./fleet-of";
import { instanceRows, instanceTable } from "./instance-rows";
import { runFleet, type RunFleetContext } from "./run";
import { fleetProgress } from "./show";

export type GoOnContext = RunFleetContext & Pick<Context, "stack" | "config" | "output">;

/**
 * Writes a journal, and drives it to its end.
 *
 * @param version of the record that it takes the place of; undefined when there is none
 * @param wanted what the operator asked for: a way back that was asked for is no failure
 */
export async function goOn(
  context: GoOnContext,
  journal: FleetJournal,
  version: string | undefined,
  under: UnderLock,
  wanted: "forward" | "back" = "forward",
): Promise<Report> {
  const { component, type, version: to } = journal.plan;
  const stored = await context.fleetJournals.write(journal, version);
  if (stored === undefined) throw changedElsewhere(journal);
  const view = context.output.releases(
    `Fleet ${component} of ${context.stack}: ${wanted === "back" ? "back from" : `${type} to`} ${to}`,
  );
  try {
    const end = await runFleet({
      context,
      fleet: fleetOf(context.config, component),
      stored,
      assertHeld: () => under.assertHeld(),
      show: (now, action) => view.show(fleetProgress(now, action, context.clock.now())),
    });
    return reportOf(end, wanted);
  } finally {
    view.end();
  }
}

/** How a run ended, for whoever asked for it. */
export function reportOf(journal: FleetJournal, wanted: "forward" | "back"): Report {
  const { plan, stack, id } = journal;
  const { outcome, turnedBack, stuck } = standOfFleet(journal);
  const data = { run: id, component: plan.component, version: plan.version, instances: instanceRows(journal) };
  const table = instanceTable(journal);
  if (outcome === "done")
    return {
      summary: `${plan.component} ${plan.version} runs on ${plan.kept + plan.moves.length} of ${plan.total} instances of ${stack}, all healthy.\n\n${table}`,
      data: { outcome, ...data },
    };
  if (outcome === "rolled-back")
    return {
      summary: `${plan.component} in ${stack} is back: ${turnedBack ?? ""}\n\n${table}`,
      data: { outcome, why: turnedBack, ...data },
      exitCode: wanted === "back" ? exitCodes.done : exitCodes.rolledBack,
    };
  return {
    summary:
      `${plan.component} in ${stack} could not be brought back everywhere:\n${stuck ?? ""}\n\n${table}\n\n` +
      `Put it right, then go on: \`slipway fleet resume ${stack} ${plan.component}\`.`,
    data: { outcome: "stuck", why: stuck, ...data },
    exitCode: exitCodes.failed,
  };
}

const changedElsewhere = ({ stack, plan: { component } }: FleetJournal): SlipwayError =>
  new SlipwayError({
    code: "fleet-journal-changed",
    exitCode: exitCodes.failed,
    message: `The record of the fleet ${component} was changed by another process.`,
    remedy: `No instance was changed. See \`slipway fleet status ${stack} ${component}\`, and run it again.`,
  });
