import type { Context } from "../context";
import { standOfFleet } from "../model/fleet/stand";
import type { FleetJournal } from "../model/fleet/journal";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import { fleetOf } from "./fleet-of";
import { instanceRows } from "./instance-rows";

/** What every instance of a fleet runs, and how the last run over it stands. */
export async function fleetStatus(
  { config, stack, instances, fleetJournals }: Pick<Context, "config" | "stack" | "instances" | "fleetJournals">,
  component: string,
): Promise<Report> {
  const fleet = fleetOf(config, component);
  const [found, last] = await Promise.all([instances.describe(component, fleet), fleetJournals.last(component)]);
  const rows = last === undefined ? [] : instanceRows(last.journal);
  const table = found.map(({ id, state, version }) => {
    const row = rows.find(({ instance }) => instance === id);
    return { instance: id, state, version, stage: row?.stage ?? null, found: row?.found ?? "" };
  });
  const lines = table.map((row) => [row.instance, row.state, row.version ?? "?", row.stage ?? "-", row.found]);
  return {
    summary: [
      textTable(["Instance", "State", "Version", "Last run", "Found"], lines),
      last === undefined ? `There was no run over ${component} in ${stack}.` : describeRun(last.journal),
    ].join("\n\n"),
    data: { component, instances: table, run: last === undefined ? null : runData(last.journal) },
  };
}

const runData = (journal: FleetJournal): Readonly<Record<string, unknown>> => {
  const { outcome, turnedBack, stuck } = standOfFleet(journal);
  const { id, startedAt, by, plan } = journal;
  return {
    id,
    startedAt,
    by,
    version: plan.version,
    type: plan.type,
    outcome: outcome ?? (stuck === null ? "open" : "stuck"),
    turnedBack,
    stuck,
  };
};

function describeRun(journal: FleetJournal): string {
  const { outcome, turnedBack, stuck, instances } = standOfFleet(journal);
  const { id, startedAt, by, plan, stack } = journal;
  const sure = instances.filter(({ stage }) => stage === "healthy").length;
  const head = `Run ${id}: ${plan.type} to ${plan.version}, begun at ${startedAt} by ${by.user}@${by.host}`;
  if (outcome === "done") return `${head}; all ${plan.moves.length} updated and healthy.`;
  if (outcome === "rolled-back") return `${head}; rolled back: ${turnedBack ?? ""}`;
  const how =
    stuck ??
    (turnedBack === null ? `${sure} of ${plan.moves.length} updated and healthy` : `going back: ${turnedBack}`);
  return `${head}; open: ${how}.\nWhen nobody is at it: \`slipway fleet resume ${stack} ${plan.component}\`.`;
}
