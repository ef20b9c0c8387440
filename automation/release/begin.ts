import type { Context } from "../context";
import type { Journal, ReleaseRequest } from "../model/release/journal";
import { journalSchema } from "../model/release/journal";
import type { ServicePlan } from "../model/release/plan";
import type { Report } from "../model/report";
import { timestamp } from "../model/timestamp";
import { confirmed, type Consent } from "../stack/ask-first";
import { actor, changing, type ChangingContext, type LockOptions } from "../stack/changing";
import { asked } from "./cloud-failure";
import { concluded } from "./conclude";
import { describePlan, planData } from "./describe-plan";
import { makePlans, type PlanContext, type PlanOptions, type Wanted } from "./make-plan";
import { pointOf } from "./point-of";
import {
  describeWarnings,
  isUnchanged,
  preflightError,
  runPreflight,
  type PreflightContext,
  type PreflightReport,
} from "./preflight";
import { refuseOpen } from "./refuse-open";
import { locksOf, runStored, type RunContext } from "./run-stored";
import { readStackFacts, type StackFacts } from "./stack-facts";
import { trafficToLive } from "./traffic-to-live";

export type BeginContext = ChangingContext &
  RunContext &
  PlanContext &
  PreflightContext &
  Pick<Context, "openPeer" | "serviceLock">;

/** A release, a rollback or a restart, when it is known what is wanted. */
export interface Beginning extends Pick<ReleaseRequest, "command" | "order" | "allOrNothing"> {
  readonly services: readonly string[];
  /** Asked when the stack's own memory of what runs is known. @throws SlipwayError when there is nothing to go to */
  readonly wanted: (facts: StackFacts) => Promise<readonly Wanted[]> | readonly Wanted[];
  readonly planning: PlanOptions;
  readonly options: Consent & LockOptions;
  readonly reason: string | undefined;
  /** For the history: what was asked for. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/**
 * Everything before and around the machines: consent, account, locks, preflight, plan, question, rollback point,
 * journals. A dry run ends with the very plans that would be run.
 */
export async function beginReleases(context: BeginContext, beginning: Beginning): Promise<Report> {
  const { command, services, options } = beginning;
  const locks = services.map((service) => context.serviceLock(service));
  return changing(context, { command, options, asked: beginning.asked, locks }, async (under) => {
    const held = locksOf(under, services);
    const { facts, plans, changed, preflight } = await under.engineRun(() => prepare(context, beginning));
    const refusal = preflightError(preflight);
    if (refusal !== undefined) throw refusal;
    if (changed.length === 0) return unchanged(plans);
    context.output.say([describePlan(changed, beginning), describeWarnings(preflight)].filter(Boolean).join("\n\n"));
    const data = { ...planData(changed, beginning), warnings: preflight.warned };
    if (options.dryRun === true)
      return { summary: "A dry run: nothing was changed.", data: { outcome: "dry-run", ...data } };
    if (!(await confirmed(context.output, `${questions[command]} (yes/no):`, "yes", options)))
      return { summary: "Not confirmed: nothing was changed.", data: { outcome: "declined", ...data }, exitCode: 1 };
    await under.assertHeld();
    await asked(() => keepPointBefore(context, facts, changed));
    for (const plan of changed) await asked(() => trafficToLive(context, plan, plan.from.slot));
    const request = await requestOf(context, beginning, changed);
    const release = releaseId(context);
    const ends = await runStored(
      context,
      held,
      { ...request, release },
      changed.map((plan) => ({
        service: plan.service,
        open: () =>
          context.journals.create(journalOf(context, { release, plan, request, fence: held.fenceOf(plan.service) })),
      })),
    );
    return concluded(context, request, ends);
  });
}

const questions: Readonly<Record<ReleaseRequest["command"], string>> = {
  release: "Release this?",
  rollback: "Go back to this?",
  restart: "Restart this?",
};

interface Prepared {
  readonly facts: StackFacts;
  readonly plans: readonly ServicePlan[];
  /** Those that have something to release. */
  readonly changed: readonly ServicePlan[];
  readonly preflight: PreflightReport;
}

async function prepare(
  context: BeginContext,
  { command, services, wanted, planning, options }: Beginning,
): Promise<Prepared> {
  if (options.dryRun !== true) context.engine.expectRun?.();
  await refuseOpen(context, services);
  const facts = await readStackFacts(context);
  const made = await makePlans(context, facts, await wanted(facts), planning);
  // What was gone back to, or runs on, has shown that it works, and behind it lies nothing better.
  const plans = command === "release" ? made : made.map((plan) => ({ ...plan, watchHours: 0 }));
  const changed = plans.filter((plan) => !isUnchanged(plan));
  const preflight = await runPreflight(context, changed, facts, {
    command,
    journalsOf: async (stack) => (await context.openPeer(stack)).journals,
  });
  return { facts, plans, changed, preflight };
}

const unchanged = (plans: readonly ServicePlan[]): Report => ({
  summary: plans.map(({ service, from }) => `${service} runs ${from.version} already: nothing to do.`).join("\n"),
  data: { outcome: "unchanged", services: plans.map(({ service, from }) => ({ service, version: from.version })) },
});

/**
 * What runs now is a state that works, also when no release has led to it: the first one must have a way back, also that
 * of a service which is younger than the points.
 */
async function keepPointBefore(context: BeginContext, facts: StackFacts, plans: readonly ServicePlan[]): Promise<void> {
  const points = await context.points.list();
  if (plans.every(({ service }) => points.some(({ services }) => Object.hasOwn(services, service)))) return;
  await context.points.add(
    await pointOf(context, facts, { id: `${releaseId(context)}-before`, release: null, released: [] }),
  );
}

/** `20261121-170345`: machine time, with which records are kept. */
const releaseId = ({ machine }: BeginContext): string =>
  `${timestamp(machine.now())}-${machine.randomId().slice(0, 4)}`;

const requestOf = async (
  { machine, identity }: BeginContext,
  { command, order, allOrNothing, reason }: Beginning,
  plans: readonly ServicePlan[],
): Promise<ReleaseRequest> => ({
  command,
  ...(reason === undefined ? {} : { reason }),
  by: actor(machine, (await identity.caller()).arn),
  services: plans.map(({ service }) => service),
  order,
  allOrNothing,
});

interface JournalParts {
  readonly release: string;
  readonly plan: ServicePlan;
  readonly request: ReleaseRequest;
  readonly fence: number;
}

const journalOf = (
  { stack, machine, clock }: BeginContext,
  { release, plan, request, fence }: JournalParts,
): Journal => ({
  schema: journalSchema,
  id: `${release}-${plan.service}`,
  release,
  stack,
  fence,
  startedAt: machine.now().toISOString(),
  request,
  plan,
  entries: [{ kind: "started", at: clock.now().toISOString() }],
});
