import type { Context } from "../context";
import { exitCodes, SlipwayError, usageError } from "../model/errors";
import { parseDuration } from "../model/duration";
import { isFleetVersion, type Fleet } from "../model/fleet/fleet";
import type { FleetJournal } from "../model/fleet/journal";
import { chooseInstances, type FleetPlan, type FleetType, type FleetWatch } from "../model/fleet/plan";
import { standOfFleet } from "../model/fleet/stand";
import type { Report } from "../model/report";
import { confirmed, type Consent } from "../stack/ask-first";
import { changing, type ChangingContext, type LockOptions } from "../stack/changing";
import { fleetOf, runningInstances } from "./fleet-of";
import { planData, planText } from "./describe-plan";
import { goOn, type GoOnContext } from "./go-on";
import { newJournal } from "./new-journal";
import { onFleet } from "./on-fleet";

export type FleetReleaseContext = ChangingContext & GoOnContext & Pick<Context, "serviceLock">;

export interface FleetReleaseOptions extends Consent, LockOptions {
  readonly component: string;
  readonly version: string;
  readonly type: FleetType;
  /** Seconds. @default as configured */
  readonly healthInterval?: number | undefined;
  /** @default as configured */
  readonly canaryPercent?: number | undefined;
  /** What instances run that remember nothing; needed for the way back. @default they are refused */
  readonly currentVersion?: string | undefined;
  /** How long a canary is watched, as `1h`; an empty text is an hour. @default as configured */
  readonly watch?: string | undefined;
  readonly reason?: string | undefined;
}

/** The shorter end of what a runbook watches a canary for. */
const usualWatch = "1h";

/** Brings a version onto the instances of one fleet, one at a time, or onto a canary's share of them. */
export async function fleetRelease(context: FleetReleaseContext, options: FleetReleaseOptions): Promise<Report> {
  const { component, version, type, currentVersion } = options;
  fleetOf(context.config, component);
  for (const text of [version, currentVersion]) if (text !== undefined && !isFleetVersion(text)) throw noVersion(text);
  requireBetween("--health-interval", options.healthInterval, 0, 86_400);
  requireBetween("--canary-percent", options.canaryPercent, 1, 100);
  const watchSeconds = askedWatch(options);
  const asked = { component, version, type, reason: options.reason };
  return changing(onFleet(context, component), { command: "fleet release", options, asked }, async (under) => {
    const last = await context.fleetJournals.last(component);
    if (last !== undefined) refuseOpen(last.journal);
    const { plan, unknown } = await makePlan(context, { ...options, watchSeconds }, last?.journal);
    const data = planData(plan);
    if (plan.moves.length === 0)
      return {
        summary: `Nothing to do: ${planText(plan)}`,
        data: { outcome: "unchanged", ...data },
      };
    context.output.say(planText(plan));
    if (options.dryRun === true)
      return { summary: "Nothing was changed (--dry-run).", data: { outcome: "planned", ...data } };
    const question = `Update ${plan.moves.length} instances of ${component} in ${context.stack} to ${version}? Type the version:`;
    if (!(await confirmed(context.output, question, version, options)))
      return { summary: "Nothing was changed.", data: { outcome: "declined", ...data } };
    await under.assertHeld();
    // Those of this run and of the later ones: a canary's roll-out need not be told again.
    for (const instance of unknown) await context.instances.remember(component, instance, currentVersion ?? "");
    return goOn(context, newJournal(context, plan, options.reason), last?.version, under);
  });
}

async function makePlan(
  context: FleetReleaseContext,
  {
    component,
    version,
    type,
    healthInterval,
    canaryPercent,
    currentVersion,
    watchSeconds,
  }: FleetReleaseOptions & { readonly watchSeconds: number | undefined },
  last: FleetJournal | undefined,
): Promise<{ readonly plan: FleetPlan; readonly unknown: readonly string[] }> {
  const fleet = fleetOf(context.config, component);
  const found = await runningInstances(context, component);
  const unknown = found.filter((one) => one.version === null).map(({ id }) => id);
  if (unknown.length > 0 && currentVersion === undefined) throw unknownVersion(context.stack, component, unknown);
  const known = found.map((one) => ({ id: one.id, version: one.version ?? currentVersion ?? "" }));
  const chosen = chooseInstances(known, version, type, canaryPercent ?? fleet.canaryPercent);
  const others = known
    .filter((one) => !chosen.includes(one))
    .map((one) => ({ instance: one.id, version: one.version }));
  const plan: FleetPlan = {
    component,
    version,
    type,
    total: known.length,
    kept: known.filter((one) => one.version === version).length,
    moves: chosen.map(({ id, version: from }) => ({ instance: id, from, to: version })),
    earlier: earlierMoves(last, version),
    healthIntervalSeconds: healthInterval ?? fleet.healthIntervalSeconds,
    retries: fleet.retries,
    ...watchOf(fleet, type, watchSeconds, others),
  };
  return { plan, unknown };
}

/** Seconds; undefined when nothing is said. @throws SlipwayError `usage` (exit 2) */
function askedWatch({ watch, type }: FleetReleaseOptions): number | undefined {
  if (watch === undefined) return undefined;
  if (type !== "canary")
    throw usageError("--watch is for a canary.", "Nothing was changed. Add `--type canary`, or leave it out.");
  return parseDuration(watch === "" ? usualWatch : watch, "--watch") / 1000;
}

function watchOf(
  { canaryWatch: { seconds, intervalSeconds, compare } }: Fleet,
  type: FleetType,
  asked: number | undefined,
  others: FleetWatch["others"],
): Pick<FleetPlan, "watch"> {
  const inUse = asked ?? seconds;
  return type === "canary" && inUse > 0 ? { watch: { seconds: inUse, intervalSeconds, others, limits: compare } } : {};
}

/** A canary of this version that is now rolled out: its instances belong to the same way back. */
function earlierMoves(last: FleetJournal | undefined, version: string): FleetPlan["earlier"] {
  if (last === undefined || last.plan.version !== version || standOfFleet(last).outcome !== "done") return [];
  return [...last.plan.earlier, ...last.plan.moves];
}

function requireBetween(option: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw usageError(`${option} is ${value}.`, `Say a number from ${least} to ${most}.`);
}

const noVersion = (text: string): SlipwayError =>
  usageError(`\`${text}\` is no version.`, "Letters, digits, `_`, `.` and `-`, at most 128, for example `v1.0.13`.");

function refuseOpen(journal: FleetJournal): void {
  if (standOfFleet(journal).outcome !== null) return;
  const { id, stack, plan, startedAt, by } = journal;
  throw new SlipwayError({
    code: "fleet-run-open",
    exitCode: exitCodes.blocked,
    message: `The run ${id} over ${plan.component}, begun at ${startedAt} by ${by.user}@${by.host} to bring ${plan.version}, is not over.`,
    remedy:
      `Nothing was changed. Go on with it: \`slipway fleet resume ${stack} ${plan.component}\`, ` +
      `or back: \`slipway fleet rollback ${stack} ${plan.component}\`.`,
    data: { run: id, component: plan.component },
  });
}

const unknownVersion = (stack: string, component: string, ids: readonly string[]): SlipwayError =>
  new SlipwayError({
    code: "fleet-version-unknown",
    exitCode: exitCodes.blocked,
    message: `Nobody knows which version of ${component} runs on ${ids.join(", ")}, so there would be no way back.`,
    remedy: `Nothing was changed. Say it with \`--current-version\`; \`slipway fleet status ${stack} ${component}\` shows the others.`,
    data: { instances: ids },
  });
