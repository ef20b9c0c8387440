import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import { causeAgainst } from "../model/switch/decide";
import { endOf, lastDone, type SwitchFact, type SwitchJournal, type SwitchOutcome } from "../model/switch/journal";
import { otherColour, type Colour, type SwitchPlan } from "../model/switch/plan";
import type { StoredSwitch } from "../ports/switch-records";
import { asked } from "../release/cloud-failure";
import { confirmed, type Consent } from "../stack/ask-first";
import { actor, changing, type LockOptions, type UnderLock } from "../stack/changing";
import { describeAction, describeEnd, describePlan, planData } from "./describe";
import { healthOf } from "./health";
import { keepInHistory } from "./keep-in-history";
import { runSwitch } from "./loop";
import { makePlan } from "./make-plan";
import { openPair, type Pair } from "./pair";
import { activeColour, describeShares } from "./shares";
import { presentShares } from "./status";
import { forcedBy, refuseContradiction, stepsOf, type SwitchWords } from "./words";

export type SwitchOptions = SwitchWords & Consent & LockOptions;

/**
 * Gives the traffic of a name to the other of its two environments: `switchEnvironment(context, { yes: true })`. A
 * switch that was killed is gone on with, or back.
 *
 * @returns exit code 0 when it is there, 5 when it was refused, 10 when it went back, 1 when it could not
 */
export async function switchEnvironment(context: Context, options: SwitchOptions): Promise<Report> {
  refuseContradiction(options);
  const wishes = { steps: stepsOf(options), forced: forcedBy(options) };
  const pair = await openPair(context);
  const { to, steps, bake, back, force, reason } = options;
  return changing(
    context,
    {
      command: "switch",
      options,
      asked: {
        to,
        steps,
        bake,
        back: back === true ? true : undefined,
        force: force === true ? true : undefined,
        reason,
      },
      locks: [context.switchLock(pair.shared)],
    },
    async (under) => {
      const last = await context.switches.last(pair.shared);
      if (last !== undefined && endOf(last.journal) === undefined) return goOn({ context, pair, options, under }, last);
      return begin({ context, pair, options, under }, last, wishes);
    },
  );
}

interface Run {
  readonly context: Context;
  readonly pair: Pair;
  readonly options: SwitchOptions;
  readonly under: UnderLock;
}

async function begin(
  run: Run,
  last: StoredSwitch | undefined,
  wishes: Pick<Parameters<typeof makePlan>[1], "steps" | "forced">,
): Promise<Report> {
  const { context, pair, options, under } = run;
  const shares = await asked(() => presentShares(pair));
  const to = targetOf(options, activeColour(shares), last?.journal);
  if (shares[to] === 100)
    return {
      summary: `${to} is active for ${pair.shared.name} already: nothing to do.`,
      data: { outcome: "unchanged", active: to, shares },
    };
  const plan = await asked(() => makePlan(pair, { ...wishes, to }));
  context.output.say(`${describePlan(plan)}\nNow: ${describeShares(shares)}.`);
  await refuseUnhealthy(pair, plan);
  const data = { ...planData(plan), shares };
  if (options.dryRun === true)
    return { summary: "A dry run: nothing was changed.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(context.output, `Switch ${plan.name} to ${to}? (yes/no):`, "yes", options)))
    return { summary: "Not confirmed: nothing was changed.", data: { outcome: "declined", ...data }, exitCode: 1 };
  await under.assertHeld();
  const { arn } = await context.identity.caller();
  const startedAt = context.machine.now().toISOString();
  const before = last === undefined ? undefined : lastDone(last.journal);
  const journal: SwitchJournal = {
    schema: 1,
    id: `${startedAt.replace(/[-:]|\.\d+Z$/g, "").replace("T", "-")}-${to}`,
    fence: under.fences[0] ?? 0,
    startedAt,
    by: actor(context.machine, arn),
    plan,
    ...(before === undefined ? {} : { before }),
    entries: [{ kind: "started", at: context.clock.now().toISOString() }],
  };
  return conduct(run, await written(context, journal, last?.version));
}

/** What a dead run has left: forward with its own plan, or back where something else is wanted now. */
async function goOn(run: Run, found: StoredSwitch): Promise<Report> {
  const { context, options, under } = run;
  const { journal } = found;
  const { plan, startedAt, by } = journal;
  const goesBack = options.back === true || (options.to !== undefined && options.to !== plan.to);
  const isBack = journal.entries.some(({ kind }) => kind === "turned-back");
  const way = goesBack || isBack ? `back to ${plan.from}` : `on to ${plan.to}`;
  context.output.say(
    `A switch of ${plan.name} from ${plan.from} to ${plan.to}, begun at ${startedAt} by ${by.user}@${by.host}, is not over: it goes ${way}, by its own plan.`,
  );
  const data = { ...planData(plan), resumed: true };
  if (options.dryRun === true)
    return { summary: "A dry run: nothing was changed.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(context.output, `Go ${way}? (yes/no):`, "yes", options)))
    return { summary: "Not confirmed: nothing was changed.", data: { outcome: "declined", ...data }, exitCode: 1 };
  await under.assertHeld();
  if (!goesBack || isBack) return conduct(run, found);
  const who = actor(context.machine, null);
  const cause = { kind: "aborted", text: `${who.user}@${who.host} wants it back.` } as const;
  const fact: SwitchFact = { kind: "turned-back", cause };
  const entry = { ...fact, at: context.clock.now().toISOString() };
  return conduct(run, await written(context, { ...journal, entries: [...journal.entries, entry] }, found.version));
}

async function conduct({ context, pair, under }: Run, stored: StoredSwitch): Promise<Report> {
  const { output } = context;
  let said = "";
  const journal = await runSwitch({ ...context, environments: pair.contexts }, stored, {
    fence: under.fences[0] ?? 0,
    assertHeld: () => under.assertHeld(),
    ...(under.signal === undefined ? {} : { signal: under.signal }),
    stop: context.interrupts().stop,
    show: (action, known, seen) => {
      const line = describeAction(action, known, seen);
      if (line !== undefined && line !== said) output.say(line);
      said = line ?? said;
    },
    atEnd: (known) => keepInHistory(pair, known),
  });
  const end = endOf(journal);
  const outcome = end?.outcome ?? "stuck";
  return {
    summary: describeEnd(journal),
    data: {
      outcome,
      ...planData(journal.plan),
      active: outcome === "done" || outcome === "stuck" ? journal.plan.to : journal.plan.from,
      ...(end?.cause === undefined ? {} : { cause: end.cause }),
      entries: journal.entries,
    },
    exitCode: outcome === "refused" && end?.cause?.kind === "blind" ? exitCodes.failed : codeOf[outcome],
  };
}

const codeOf: Readonly<Record<SwitchOutcome, number>> = {
  done: exitCodes.done,
  refused: exitCodes.unhealthy,
  "rolled-back": exitCodes.rolledBack,
  stuck: exitCodes.failed,
};

function targetOf({ to, back }: SwitchWords, active: Colour | undefined, last: SwitchJournal | undefined): Colour {
  if (to !== undefined) return to;
  if (back === true) {
    const done = last === undefined ? undefined : lastDone(last);
    if (done === undefined || (active !== undefined && active !== done.to)) throw refusal("no-switch", noSwitch);
    return done.from;
  }
  if (active === undefined) throw refusal("traffic-split", split);
  return otherColour(active);
}

const noSwitch = [
  "There is no switch to go back from: none has led to the colour that is active now.",
  "Nothing was changed. Say --to blue or --to green.",
] as const;
const split = [
  "Both colours have traffic, and no switch is under way: somebody has changed the weights.",
  "Nothing was changed. Say which is to have all of it: --to blue or --to green.",
] as const;

const refusal = (code: string, [message, remedy]: readonly [string, string]): SlipwayError =>
  new SlipwayError({ code, exitCode: exitCodes.blocked, message, remedy });

/** Before anybody is asked; the machine looks again when it begins. @throws SlipwayError `unhealthy` (exit 5) */
async function refuseUnhealthy({ contexts }: Pair, plan: SwitchPlan): Promise<void> {
  const { to, sides, forced } = plan;
  if (forced !== null) return;
  const cause = causeAgainst(to, await asked(() => healthOf(contexts[to], sides[to])));
  if (cause === undefined) return;
  throw new SlipwayError({
    code: "unhealthy",
    exitCode: exitCodes.unhealthy,
    message: `${plan.name} is not switched to ${to} (${sides[to].stack}). ${cause.text}`,
    remedy: `Nothing was changed. Put ${sides[to].stack} right first; --force with a --reason switches all the same.`,
    data: { cause },
  });
}

async function written(
  { switches }: Context,
  journal: SwitchJournal,
  version: string | undefined,
): Promise<StoredSwitch> {
  const stored = await switches.write(journal, version);
  if (stored !== undefined) return stored;
  throw new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message: `The record of the switch of ${journal.plan.name} was written by somebody else just now.`,
    remedy: "Nothing was changed. Look again with --status.",
  });
}
