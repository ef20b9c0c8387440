import { describeDuration } from "../model/duration";
import { textTable } from "../model/text-table";
import type { SwitchAction } from "../model/switch/action";
import type { SwitchJournal } from "../model/switch/journal";
import type { ColourHealth, SwitchObserved } from "../model/switch/observed";
import { otherColour, type Colour, type SwitchPlan } from "../model/switch/plan";
import type { Weights } from "../model/release/plan";

/** What will be done, for people. */
export function describePlan(plan: SwitchPlan): string {
  const { name, from, to, sides, steps, forced, directChecks, publicChecks, notes } = plan;
  const shares = steps.map(({ percent, bakeSeconds }) => {
    const watch = bakeSeconds === 0 ? "" : `, watched for ${describeDuration(bakeSeconds * 1_000)}`;
    return `  ${percent} % to ${to}${watch}`;
  });
  const checked = (where: string, checks: SwitchPlan["directChecks"]): readonly string[] =>
    checks.length === 0 ? [] : [`Checks ${where}: ${checks.map((check) => check.name).join(", ")}`];
  return [
    `${name}: from ${from} (${sides[from].stack}) to ${to} (${sides[to].stack})`,
    ...shares,
    ...(forced === null ? [] : [`Forced, whatever the health of ${to} is: ${forced}`]),
    ...(forced === null ? checked(`at the load balancer of ${to}, before`, directChecks) : []),
    ...(forced === null ? checked(`under ${name}, afterwards`, publicChecks) : []),
    ...(sides[to].alarms.length === 0 ? [] : [`Alarms that must be silent: ${sides[to].alarms.join(", ")}`]),
    ...notes.map((note) => `Note: ${note}`),
    `${from} stays up.`,
  ].join("\n");
}

/** A decision in one line; undefined for one that nobody wants to read. */
export function describeAction(
  action: SwitchAction,
  { plan }: SwitchJournal,
  seen: SwitchObserved,
): string | undefined {
  switch (action.kind) {
    case "shift":
      return `Shifting: ${action.percent} % to ${plan.to}.`;
    case "restore":
      return `Back: 100 % to ${action.colour}.`;
    case "check":
      return action.side === "direct" ? `Checking the load balancer of ${plan.to}.` : `Checking ${plan.name}.`;
    case "wait":
      return seen.kind === "blind" ? `Waiting: ${action.why} (${seen.error})` : `Waiting: ${action.why}.`;
    case "stop":
      return undefined;
    case "note":
      return action.fact.kind === "turned-back" ? `Going back: ${action.fact.cause.text}` : notes[action.fact.kind];
  }
}

const notes: Readonly<Partial<Record<SwitchJournal["entries"][number]["kind"], string>>> = {
  "in-sync": "Route 53 answers by it everywhere.",
};

/** Both environments as they are, active one first named. */
export const pairTable = (
  sides: SwitchPlan["sides"],
  shares: Weights,
  health: Readonly<Record<Colour, ColourHealth>>,
): string =>
  textTable(
    ["Colour", "Stack", "Traffic", "Health"],
    (["blue", "green"] as const).map((colour) => [
      colour,
      sides[colour].stack,
      `${shares[colour]} %`,
      healthWord(health[colour]),
    ]),
  );

function healthWord({ faults, firing }: ColourHealth): string {
  const found = [...faults, ...firing.map(({ name }) => `alarm ${name} fires`)];
  return found.length === 0 ? "healthy" : found.join("; ");
}

/** What came of it, for people. */
export function describeEnd({ plan, entries }: SwitchJournal): string {
  const { name, from, to, sides } = plan;
  const end = entries.find((entry) => entry.kind === "closed");
  if (end === undefined) return `The switch of ${name} is not over.`;
  const cause = end.cause === undefined ? "" : `\n${end.cause.text}`;
  const moved = movedMs(entries);
  const took = moved === null ? "" : ` Route 53 had it everywhere after ${describeDuration(moved)}.`;
  const back = `\`slipway switch ${sides[to].stack} --back\` goes back at once.`;
  switch (end.outcome) {
    case "done":
      return `${to} (${sides[to].stack}) is active for ${name}.${took} ${from} (${sides[from].stack}) stays up: ${back}`;
    case "refused":
      return `Not switched: ${from} stays active for ${name}, and nothing was changed.${cause}`;
    case "rolled-back":
      return `Rolled back: ${from} (${sides[from].stack}) is active for ${name} again.${took}${cause}`;
    case "stuck":
      return `${to} is active for ${name}, though it should have gone back: ${from} serves nothing any more.${cause}`;
  }
}

/** From the last change of weights until it was on all name servers; null without one. */
export function movedMs(entries: SwitchJournal["entries"]): number | null {
  const first = entries.findLast(({ kind }) => kind === "shifting" || kind === "restoring");
  const last = entries.findLast(({ kind }) => kind === "in-sync");
  return first === undefined || last === undefined ? null : Date.parse(last.at) - Date.parse(first.at);
}

/** For `--json`. */
export const planData = ({ zoneId, name, from, to, sides, steps, forced, notes: said }: SwitchPlan) => ({
  zoneId,
  name,
  from,
  to,
  stacks: { [from]: sides[from].stack, [otherColour(from)]: sides[otherColour(from)].stack },
  steps,
  forced,
  notes: said,
});
