import { describeDuration } from "../model/duration";
import type { FleetPlan } from "../model/fleet/plan";
import { textTable } from "../model/text-table";

/** The plan for `--json`. */
export const planData = ({
  component,
  version,
  type,
  total,
  kept,
  moves,
}: FleetPlan): Readonly<Record<string, unknown>> => ({
  component,
  version,
  type,
  total,
  kept,
  effectivePercent: share(kept + moves.length, total),
  instances: moves,
});

/** What would be done, with the share that a canary really is: a tenth of four instances is one, which is a quarter. */
export function planText(plan: FleetPlan): string {
  const { component, version, type, total, kept, moves, healthIntervalSeconds, retries } = plan;
  const then = kept + moves.length;
  const sum = `${component} ${version}, ${type}: ${then} of ${total} instances will run it (${share(then, total)} %)`;
  if (moves.length === 0)
    return `${component}: ${kept} of ${total} instances run ${version} (${share(kept, total)} %).`;
  const already = kept === 0 ? "" : `; ${kept} run it already and are left alone`;
  const pace = `One at a time; each is checked after ${healthIntervalSeconds} s, and again ${retries} times before all go back.`;
  const rows = moves.map(({ instance, from, to }) => [instance, from, to]);
  return `${sum}${already}.\n${pace}${watchText(plan)}\n\n${textTable(["Instance", "From", "To"], rows)}`;
}

function watchText({ watch, version }: FleetPlan): string {
  if (watch === undefined) return "";
  const { seconds, intervalSeconds, others } = watch;
  const beside = others.filter((other) => other.version !== version).length;
  return `\nThen they are watched for ${describeDuration(seconds * 1000)}, every ${intervalSeconds} s, beside ${beside} that keep their version.`;
}

const share = (part: number, total: number): number => (total === 0 ? 0 : Math.round((part / total) * 100));
