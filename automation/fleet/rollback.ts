import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { FleetFact, FleetJournal } from "../model/fleet/journal";
import type { FleetMove } from "../model/fleet/plan";
import { standOfFleet } from "../model/fleet/stand";
import type { Report } from "../model/report";
import type { StoredFleetJournal } from "../ports/fleet-journals";
import { confirmed, type Consent } from "../stack/ask-first";
import { changing, type ChangingContext, type LockOptions } from "../stack/changing";
import { fleetOf } from "./fleet-of";
import { goOn, type GoOnContext } from "./go-on";
import { instanceTable } from "./instance-rows";
import { newJournal } from "./new-journal";
import { onFleet } from "./on-fleet";

export type FleetRollbackContext = ChangingContext & GoOnContext & Pick<Context, "serviceLock">;

export interface FleetRollbackOptions extends Consent, LockOptions {
  /** Empty: every fleet of the environment whose last run can be taken back. */
  readonly component: string;
  readonly reason?: string | undefined;
}

/** Gives the instances of the last run their old version again, whether it is over or not. */
export async function fleetRollback(context: FleetRollbackContext, options: FleetRollbackOptions): Promise<Report> {
  if (options.component !== "") return one(context, options);
  const components: string[] = [];
  for (const component of Object.keys(context.config.fleets))
    if (wayBack(await context.fleetJournals.last(component))) components.push(component);
  if (components.length === 0) throw nothingToTakeBack(context.stack, "any fleet");
  const reports: Report[] = [];
  for (const component of components) reports.push(await one(context, { ...options, component }));
  return {
    summary: reports.map(({ summary }) => summary).join("\n\n"),
    data: {
      outcome: reports.length === 1 ? reports[0]?.data["outcome"] : "several",
      fleets: reports.map(({ data }) => data),
    },
    exitCode: Math.max(...reports.map(({ exitCode = exitCodes.done }) => exitCode)),
  };
}

async function one(context: FleetRollbackContext, options: FleetRollbackOptions): Promise<Report> {
  const { component, reason } = options;
  fleetOf(context.config, component);
  const request = { command: "fleet rollback", options, asked: { component, reason } };
  return changing(onFleet(context, component), request, async (under) => {
    const last = await context.fleetJournals.last(component);
    if (last === undefined || !wayBack(last)) throw nothingToTakeBack(context.stack, component);
    const journal = await backwards(context, last.journal, reason);
    context.output.say(`Back from ${journal.plan.version} in ${context.stack}:\n\n${instanceTable(journal)}`);
    const data = { run: journal.id, component };
    if (options.dryRun === true)
      return { summary: "Nothing was changed (--dry-run).", data: { outcome: "planned", ...data } };
    if (!(await confirmed(context.output, `Go back? Type ${component}:`, component, options)))
      return { summary: "Nothing was changed.", data: { outcome: "declined", ...data } };
    await under.assertHeld();
    return goOn(context, journal, last.version, under, "back");
  });
}

/** An open run can always be taken back, and one that is over when it brought something. */
const wayBack = (last: StoredFleetJournal | undefined): boolean => {
  if (last === undefined) return false;
  const { outcome } = standOfFleet(last.journal);
  return outcome === null || (outcome === "done" && movesOf(last.journal).length > 0);
};

const movesOf = ({ plan }: FleetJournal): readonly FleetMove[] => [...plan.earlier, ...plan.moves];

/** The open run with the decision to go back, or a new one that begins with it. */
async function backwards(
  context: FleetRollbackContext,
  last: FleetJournal,
  reason: string | undefined,
): Promise<FleetJournal> {
  const text = `an operator wants it back${reason === undefined ? "" : `: ${reason}`}`;
  const turned: FleetFact = { kind: "turned-back", text };
  const at = context.clock.now().toISOString();
  if (standOfFleet(last).outcome === null) {
    const facts: readonly FleetFact[] = [{ kind: "resumed" }, turned];
    return { ...last, entries: [...last.entries, ...facts.map((fact) => ({ ...fact, at }))] };
  }
  const { component } = last.plan;
  const all = await context.instances.describe(component, fleetOf(context.config, component));
  const found = all.filter(({ state }) => state === "running");
  const present = new Map(found.map(({ id, version }) => [id, version]));
  // One that has gone has nothing to go back to, and one that was changed since is no longer this run's.
  const moves = movesOf(last).filter(
    ({ instance, to }) => present.get(instance) === to || present.get(instance) === null,
  );
  const updated = moves.flatMap(({ instance }): FleetFact[] => [
    { kind: "updated", instance },
    { kind: "healthy", instance },
  ]);
  const plan = { ...last.plan, moves, earlier: [], kept: 0, total: found.length };
  return newJournal(context, plan, reason, [...updated, turned]);
}

const nothingToTakeBack = (stack: string, component: string): SlipwayError =>
  new SlipwayError({
    code: "fleet-nothing-to-roll-back",
    exitCode: exitCodes.blocked,
    message: `There is no run over ${component} in ${stack} that could be taken back.`,
    remedy: `Nothing was changed. See \`slipway fleet status ${stack}\`.`,
  });
