import { standOf, type StandPhase } from "./fold";
import type { Journal } from "./journal";
import type { Needs } from "./observed";
import type { ServicePlan } from "./plan";

/** What each phase looks at, besides the services themselves. */
const looks: Readonly<Record<StandPhase, readonly ("targets" | "routes" | "alarms" | "crash")[]>> = {
  provision: [],
  scale: [],
  await: ["targets", "crash"],
  shift: ["targets", "routes", "alarms", "crash"],
  bake: ["targets", "routes", "alarms", "crash"],
  prove: ["targets", "routes", "alarms", "crash"],
  commit: ["targets", "routes", "alarms", "crash"],
  warm: ["targets", "routes", "alarms", "crash"],
  finish: [],
  "weights-back": ["targets", "routes"],
  "commit-back": ["targets", "routes"],
  "retire-new": ["targets", "routes"],
  restore: [],
  "await-restore": ["targets"],
  "end-back": [],
  "keep-weights": ["targets", "routes"],
  "keep-commit": ["targets", "routes"],
  "keep-retire": ["targets", "routes"],
  "keep-end": [],
  halted: [],
  closed: [],
};

/** What the next decision wants to know. The less there is, the fewer calls a look costs. */
export function needsOf(plan: ServicePlan, journal: Pick<Journal, "entries">): Needs {
  const { phase, passed, since } = standOf({ plan, entries: journal.entries });
  const isTwoSided = plan.mode === "slots";
  const looked = new Set(looks[phase]);
  return {
    targets: looked.has("targets"),
    routes: isTwoSided && looked.has("routes"),
    // New tasks of a rolling service get requests as soon as they are healthy.
    alarms: looked.has("alarms") || (phase === "await" && !isTwoSided),
    crash: looked.has("crash"),
    comparisonSince: isTwoSided && phase === "bake" && compares(plan, passed) ? new Date(since).toISOString() : null,
  };
}

/** Whether both sides are compared in a step: in the last one nobody uses the old side. */
export const compares = ({ compare, loadBalancer, steps }: ServicePlan, step: number): boolean =>
  compare !== null && loadBalancer !== null && step < steps.length - 1;
