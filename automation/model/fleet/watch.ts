import { compareVerdict } from "../release/verdict-compare";
import type { FleetJournal, FleetProbe } from "./journal";
import type { FleetMember, FleetPlan } from "./plan";
import type { FleetStand } from "./stand";

/** What is next while a canary is watched. */
export type WatchStep =
  | { readonly kind: "look"; readonly members: readonly FleetMember[] }
  | { readonly kind: "wait"; readonly ms: number; readonly leftMs: number }
  | { readonly kind: "worse"; readonly text: string }
  | { readonly kind: "over" };

/** The next step of a watch whose instances are all healthy; over at once for a run that is not watched. */
export function watchStep(
  { plan, entries }: Pick<FleetJournal, "plan" | "entries">,
  { instances }: FleetStand,
  now: Date,
): WatchStep {
  const { watch } = plan;
  if (watch === undefined) return { kind: "over" };
  const looks = entries.flatMap((entry) => (entry.kind === "watched" ? entry : []));
  const worse = faultOf(
    plan,
    watch,
    looks.map(({ probes }) => probes),
  );
  if (worse !== undefined) return { kind: "worse", text: worse };
  const begin = Math.max(0, ...instances.map(({ since }) => Date.parse(since)));
  const leftMs = begin + watch.seconds * 1000 - now.getTime();
  const last = looks.at(-1)?.at;
  const dueMs = (last === undefined ? begin : Date.parse(last)) + watch.intervalSeconds * 1000 - now.getTime();
  // Also after a kill nothing is over before somebody has looked.
  if (dueMs <= 0 || (leftMs <= 0 && last === undefined)) {
    const own = instances.map(({ move }) => ({ instance: move.instance, version: move.to }));
    return { kind: "look", members: [...own, ...watch.others] };
  }
  return leftMs <= 0 ? { kind: "over" } : { kind: "wait", ms: Math.min(dueMs, leftMs), leftMs };
}

/** What speaks against the canary: an instance of it that stays sick, or more errors or time than beside it. */
function faultOf(
  plan: FleetPlan,
  { limits }: NonNullable<FleetPlan["watch"]>,
  looks: readonly (readonly FleetProbe[])[],
): string | undefined {
  for (const { instance } of plan.moves) {
    const own = looks.flatMap((probes) => probes.filter((probe) => probe.instance === instance));
    const latest = own.slice(-(plan.retries + 1));
    if (latest.length > plan.retries && latest.every(({ sick }) => sick !== ""))
      return `${instance}: ${latest.at(-1)?.sick ?? ""}`;
  }
  const all = looks.flat();
  const fresh = all.filter(({ version }) => version === plan.version);
  const old = all.filter(({ version }) => version !== plan.version);
  const verdict = compareVerdict(limits, { fresh: figuresOf(fresh), old: figuresOf(old) });
  if (verdict.kind !== "worse") return undefined;
  const odd = fresh.findLast((probe) => probe.odd !== "");
  return odd === undefined ? verdict.text : `${verdict.text}; ${odd.instance}: ${odd.odd}`;
}

function figuresOf(probes: readonly FleetProbe[]) {
  const times = probes.flatMap(({ sick, ms }) => (sick === "" && ms !== null ? ms / 1000 : [])).sort((a, b) => a - b);
  return {
    requests: probes.length,
    errors: probes.filter(({ sick, odd }) => sick !== "" || odd !== "").length,
    latencyP95: times[Math.ceil(times.length * 0.95) - 1] ?? null,
  };
}
