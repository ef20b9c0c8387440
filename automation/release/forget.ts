import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import { usageError } from "../model/errors";
import type { Journal } from "../model/release/journal";
import type { ServicePlan } from "../model/release/plan";
import type { Report } from "../model/report";
import { confirmed } from "../stack/ask-first";
import { changing } from "../stack/changing";
import { journalWriter } from "./journal-writer";
import { nothingOpen, openReleases, type ResumeContext, type ResumeOptions } from "./resume";
import { locksOf, type ReleaseLocks } from "./run-stored";

export interface ForgetOptions extends ResumeOptions {
  readonly reason?: string | undefined;
}

/**
 * Closes the records of releases that can be taken neither forwards nor back, because what they were about is gone or
 * is somebody's to mend by hand. At AWS nothing is changed; what was there at the end is kept in the record.
 *
 * @throws SlipwayError `usage` (exit 2) without a reason, `release-locked` (exit 4) when somebody has one in hand
 */
export async function forget(context: ResumeContext, options: ForgetOptions): Promise<Report> {
  const { service, reason, dryRun } = options;
  if (reason === undefined || reason.trim() === "")
    throw usageError("--forget needs --reason.", "Say why nobody is to take it back: it stays in the record.");
  const open = await openReleases(context, service);
  if (open.length === 0) return nothingOpen(context.stack, service);
  const services = open.map(({ plan }) => plan.service);
  const locks = services.map((name) => context.serviceLock(name));
  return changing(
    context,
    { command: "release abort", options, asked: { service, forget: true, reason }, locks },
    (under) => forgetAll(context, options, { open, reason, locks: locksOf(under, services), isDry: dryRun === true }),
  );
}

interface Forgetting {
  readonly open: readonly Journal[];
  readonly reason: string;
  readonly locks: ReleaseLocks;
  readonly isDry: boolean;
}

async function forgetAll(
  context: ResumeContext,
  options: ForgetOptions,
  { open, reason, locks, isDry }: Forgetting,
): Promise<Report> {
  const { machine, journals, output } = context;
  const found = await Promise.all(open.map(async ({ id, plan }) => ({ id, plan, left: await leftAt(context, plan) })));
  const text = found.map(({ id, left }) => [`${id}:`, ...left].join("\n  ")).join("\n");
  const releases = found.map(({ id, left }) => ({ id, left }));
  if (isDry) return { summary: `A dry run: this would be closed.\n${text}`, data: { outcome: "dry-run", releases } };
  output.say(text);
  if (!(await confirmed(output, "Close the record, and leave this as it is? (yes/no):", "yes", options)))
    return { summary: "Not confirmed: nothing was changed.", data: { outcome: "declined", releases }, exitCode: 1 };
  for (const { id, plan, left } of found) {
    const stored = await journals.open(plan.service);
    if (stored?.journal.id !== id) continue;
    const writer = journalWriter(context, stored, locks.fenceOf(plan.service));
    const by = `${machine.user}@${machine.host}`;
    const cause = { kind: "aborted", text: [`Given up by ${by}: ${reason}`, ...left].join("\n") } as const;
    await writer.append({ kind: "closed", outcome: "stuck", cause });
    await writer.close();
  }
  return {
    summary: `Closed as stuck, and left as it is:\n${text}\n\nSee \`slipway drift ${context.stack}\` and \`slipway preview ${context.stack}\`.`,
    data: { outcome: "forgotten", releases },
  };
}

/** What there is of a release at AWS, in lines; a question without an answer is one of them. */
async function leftAt(
  { containers, traffic }: Pick<Context, "containers" | "traffic">,
  { cluster, slots, routes }: ServicePlan,
): Promise<readonly string[]> {
  const names = Object.values(slots).map(({ serviceName }) => serviceName);
  const services = told(async () => {
    const views = await containers.describe(cluster, names);
    return names.map((name) => {
      const view = views.find(({ serviceName }) => serviceName === name);
      return view === undefined
        ? `${name}: there is no such ECS service`
        : `${name}: ${view.running} of ${view.desired} tasks run ${view.taskDefinition}`;
    });
  });
  const weights = told(async () =>
    routes.length === 0
      ? []
      : (await traffic.weights(routes)).map(
          ({ arn, weights: { blue, green } }) => `${arn}: blue ${blue}, green ${green}`,
        ),
  );
  return (await Promise.all([services, weights])).flat();
}

async function told(look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [`${error.operation}: ${error.message}`];
  }
}
