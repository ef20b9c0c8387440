import { describeDuration } from "../model/duration";
import { parseImage, shortDigest, versionOfImage } from "../model/release/image-reference";
import type { ServicePlan } from "../model/release/plan";
import type { RollbackPolicy } from "../model/release/strategy";
import { expectedMs } from "./expected-duration";

/** How several services go together. */
export interface PlanOrder {
  readonly order: "parallel" | "sequential";
  readonly allOrNothing: boolean;
}

/** What a release is going to do, for `--dry-run` and before the question. */
export function describePlan(
  plans: readonly ServicePlan[],
  { order, allOrNothing }: PlanOrder = { order: "parallel", allOrNothing: false },
): string {
  const together =
    plans.length < 2
      ? []
      : [
          `${plans.length} services, ${order === "parallel" ? "at the same time" : "one after the other"}${allOrNothing ? ", all or none" : ""}; expected to take ${about(totalMs(plans, order))}.`,
        ];
  return [...together, ...plans.map(describeService)].join("\n\n");
}

/** The same for `--json`: the plans as they are, and what they come to. */
export const planData = (
  plans: readonly ServicePlan[],
  { order }: Pick<PlanOrder, "order"> = { order: "parallel" },
): Readonly<Record<string, unknown>> => ({
  plans: plans.map((plan) => ({ ...plan, expectedMs: expectedMs(plan) })),
  expectedMs: totalMs(plans, order),
});

function totalMs(plans: readonly ServicePlan[], order: PlanOrder["order"]): number {
  const each = plans.map(expectedMs);
  return order === "parallel" ? Math.max(0, ...each) : each.reduce((sum, ms) => sum + ms, 0);
}

function describeService(plan: ServicePlan): string {
  const lines = [...imageLines(plan), ...phaseLines(plan), ...gateLines(plan), ...endLines(plan)];
  const width = Math.max(...lines.map(([word]) => word.length));
  return [headOf(plan), ...lines.map(([word, text]) => `  ${word.padEnd(width)}  ${text}`.trimEnd())].join("\n");
}

function headOf({ service, from, to, strategy, mode, restart }: ServicePlan): string {
  const what = restart ? `restart of ${from.version}` : `${from.version} -> ${to.version}`;
  const where =
    mode === "slots" ? `${from.slot} -> ${to.slot}` : mode === "ecs" ? "traffic shifted by ECS" : "in place";
  return `${service}: ${what} (${strategy}, ${where})`;
}

type Line = readonly [word: string, text: string];

/** The word stands only before the first of several lines. */
const underOneWord = (word: string, texts: readonly string[]): readonly Line[] =>
  texts.map((text, index) => [index === 0 ? word : "", text]);

function imageLines({ from, to, restart }: ServicePlan): readonly Line[] {
  if (restart) return [];
  const changed = Object.entries(to.images).filter(([name, image]) => from.images[name] !== image);
  return underOneWord(
    "images",
    changed.length === 0
      ? ["as now"]
      : changed.map(
          ([name, image]) =>
            `${name}: ${parseImage(image).repository} ${shortOf(from.images[name])} -> ${shortOf(image)}`,
        ),
  );
}

function shortOf(image: string | undefined): string {
  if (image === undefined) return "nothing";
  const { digest } = parseImage(image);
  return digest === null ? versionOfImage(image) : shortDigest(digest);
}

function phaseLines(plan: ServicePlan): readonly Line[] {
  const tasks = `${plan.count} ${plan.count === 1 ? "task" : "tasks"}`;
  const within = `healthy within ${describeDuration(plan.provisionSeconds * 1_000)}`;
  const bakes = plan.steps.map(({ percent, bakeSeconds }, index): Line => [
    `step ${index + 1}`,
    `${percent} % of the traffic, ${watched(bakeSeconds)}`,
  ]);
  if (plan.mode === "rolling")
    return [
      ["replace", `${tasks} by ECS, ${within}`],
      ...checkLine("verify", plan.liveChecks),
      ["bake", watched(plan.steps.at(-1)?.bakeSeconds ?? 0)],
    ];
  return [
    ["provision", plan.mode === "slots" ? `${tasks} in ${plan.to.slot}, ${within}` : `${tasks} by ECS, ${within}`],
    ...checkLine("verify", plan.idleChecks),
    ...bakes,
    ...checkLine("check", plan.liveChecks),
  ];
}

const watched = (seconds: number): string =>
  seconds === 0 ? "not watched" : `watched for ${describeDuration(seconds * 1_000)}`;

const checkLine = (word: string, checks: ServicePlan["idleChecks"]): readonly Line[] =>
  checks.length === 0
    ? []
    : [[word, checks.map(({ name, url }) => (name === url ? url : `${name} (${url})`)).join(", ")]];

function gateLines({ alarms, ignoredAlarms, compare, slots }: ServicePlan): readonly Line[] {
  const balanced = Object.values(slots).some(({ targetGroups }) => targetGroups.length > 0);
  return underOneWord("gates", [
    ...(alarms.length === 0 ? ["no alarm"] : [`alarms silent: ${alarms.join(", ")}`]),
    ...ignoredAlarms.map(({ name, reason }) => `alarm not judged: ${name} (${reason})`),
    balanced ? "every target healthy" : "every task running",
    ...(compare === null
      ? []
      : [
          `compared with the old version from ${compare.minimumRequests} requests on: errors at most ${compare.maxErrorPoints} ${compare.maxErrorPoints === 1 ? "point" : "points"} more, p95 at most ${compare.maxLatencyRatio} times as long`,
        ]),
  ]);
}

const policies: Readonly<Record<RollbackPolicy, string>> = {
  auto: "by itself",
  ask: "asks first, and by itself where nobody can be asked",
  never: "never: both versions stay as they are",
};

function endLines(plan: ServicePlan): readonly Line[] {
  return [
    ...(plan.warmSeconds === 0
      ? []
      : [["warm", `old tasks stay ${describeDuration(plan.warmSeconds * 1_000)} for an instant way back`] as const]),
    ...(plan.watchHours === 0 ? [] : [["watch", `alarms take it back for ${plan.watchHours} h more`] as const]),
    ["way back", policies[plan.rollback]],
    ["expected", about(expectedMs(plan))],
    ...underOneWord("note", plan.notes ?? []),
  ];
}

/** Seconds of an estimate say nothing. */
const about = (ms: number): string => `about ${describeDuration(Math.ceil(ms / 60_000) * 60_000)}`;
