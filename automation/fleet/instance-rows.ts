import type { FleetJournal } from "../model/fleet/journal";
import { standOfFleet, type InstanceStage } from "../model/fleet/stand";
import { textTable } from "../model/text-table";

/** An instance of a run, for `--json`. */
export interface InstanceRow {
  readonly instance: string;
  readonly from: string;
  readonly to: string;
  readonly stage: InstanceStage;
  /** What was found wrong; empty when nothing was. */
  readonly found: string;
}

export const instanceRows = (journal: FleetJournal): readonly InstanceRow[] =>
  standOfFleet(journal).instances.map(({ move, stage, text }) => ({ ...move, stage, found: text }));

export const instanceTable = (journal: FleetJournal): string =>
  textTable(
    ["Instance", "From", "To", "Stands at", "Found"],
    instanceRows(journal).map(({ instance, from, to, stage, found }) => [instance, from, to, stage, firstLine(found)]),
  );

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
