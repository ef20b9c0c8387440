import { limitsOf } from "./limits";
import type { Sickness, TaskFact } from "./task-facts";

/** What the scheduler is to do with the tasks of a service. */
export interface Decision {
  readonly starts: readonly Start[];
  readonly stops: readonly Stop[];
  /** Neither a start nor a stop is allowed, and nothing is under way that could change that. */
  readonly isStuck: boolean;
}

/** A decision with the tasks left out that are protected from scale-in. */
export interface HeldDecision extends Decision {
  /** Deployments that have more protected tasks than they are to have tasks. */
  readonly held: readonly string[];
}

export interface Start {
  readonly deploymentId: string;
  readonly count: number;
  /** How many of them replace a sick task. */
  readonly replaced: number;
}

export interface Stop {
  readonly task: TaskFact;
  /** Undefined when it has done nothing wrong: it is one too many, or an old one. */
  readonly because: Sickness | undefined;
}

export interface RollingFacts {
  readonly desired: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly primaryId: string;
  /** False while starts are held back, and for ever in a deployment that has failed. */
  readonly mayStart: boolean;
  /** The primary deployment has failed without a rollback: everything stands as it is, up to the maximum. */
  readonly isFrozen: boolean;
  readonly tasks: readonly TaskFact[];
}

/**
 * The rolling arithmetic: never fewer healthy tasks than the minimum by our own doing, never more tasks than the maximum.
 * "Rolling update" in the ECS developer guide and minimumHealthyPercent, maximumPercent in API_DeploymentConfiguration.
 */
export function decideRolling(facts: RollingFacts): Decision {
  const { desired, primaryId, tasks } = facts;
  const limits = limitsOf(desired, facts);
  const present = tasks.filter(({ phase }) => phase === "starting" || phase === "running");
  const total = tasks.filter(({ phase }) => phase !== "gone").length;
  const healthy = present.filter(isSound).length;
  const fresh = present.filter(({ deploymentId }) => deploymentId === primaryId);
  const old = present.filter(({ deploymentId }) => deploymentId !== primaryId);
  if (facts.isFrozen) return only(surplusOf(present, limits.max, limits.min, healthy));

  const useful = fresh.filter(({ sickness }) => !sickness);
  const sick = fresh.filter(({ sickness }) => sickness);
  const unnoticed = tasks.filter((task) => task.isUnnoticed && task.deploymentId === primaryId).length;
  const missing = Math.max(0, desired - useful.length - unnoticed);
  const room = Math.max(0, limits.max - total);
  const count = facts.mayStart ? Math.min(missing, room) : 0;

  const surplus = surplusOf(useful, desired, limits.min, healthy);
  const stops = [
    ...sickStops({
      sick,
      isReplaced: useful.filter(isSound).length >= desired,
      hasNoRoom: missing > 0 && room === 0,
      tasks,
    }),
    ...oldStops(old, healthy - surplus.filter(isSound).length - limits.min),
    ...surplus.map(asStop),
  ];
  const isQuiet = tasks.every(({ phase, isHealthy }) => phase === "gone" || (phase === "running" && isHealthy));
  return {
    starts: count > 0 ? [{ deploymentId: primaryId, count, replaced: Math.min(count, sick.length) }] : [],
    stops,
    isStuck: facts.mayStart && missing > 0 && room === 0 && stops.length === 0 && isQuiet && old.length > 0,
  };
}

/** Passes every check, and is not to be replaced. */
const isSound = ({ isHealthy, sickness }: TaskFact): boolean => isHealthy && !sickness;

const asStop = (task: TaskFact): Stop => ({ task, because: undefined });

const only = (surplus: readonly TaskFact[]): Decision => ({ starts: [], stops: surplus.map(asStop), isStuck: false });

/**
 * A sick task goes when its replacement is healthy. Without room for a replacement it goes first, one at a time
 * (API_DeploymentConfiguration, minimumHealthyPercent); it does not count as healthy, so the minimum does not hold it.
 */
function sickStops(facts: {
  readonly sick: readonly TaskFact[];
  readonly isReplaced: boolean;
  readonly hasNoRoom: boolean;
  readonly tasks: readonly TaskFact[];
}): readonly Stop[] {
  const stops = facts.sick.map((task): Stop => ({ task, because: task.sickness }));
  if (facts.isReplaced) return stops;
  const isLeaving = facts.tasks.some(({ phase }) => phase === "leaving");
  return facts.hasNoRoom && !isLeaving ? stops.slice(0, 1) : [];
}

/** Old ones that do not count as healthy go at once, the others as far as the minimum allows. */
function oldStops(old: readonly TaskFact[], spare: number): readonly Stop[] {
  const weak = old.filter((task) => !isSound(task)).map((task): Stop => ({ task, because: task.sickness }));
  const sound = old
    .filter(isSound)
    .sort((a, b) => Number(a.isProtected) - Number(b.isProtected))
    .slice(0, Math.max(0, spare));
  return [...weak, ...sound.map(asStop)];
}

/** Tasks above the desired count: the unhealthy first, then from the zone that has most, the oldest first; protected ones last. */
function surplusOf(tasks: readonly TaskFact[], desired: number, min: number, healthy: number): readonly TaskFact[] {
  const left = [...tasks].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const chosen: TaskFact[] = [];
  let spare = healthy - min;
  while (left.length > desired) {
    const next = left.find((task) => !isSound(task)) ?? (spare > 0 ? inFullestZone(unprotected(left)) : undefined);
    if (!next) break;
    if (isSound(next)) spare -= 1;
    left.splice(left.indexOf(next), 1);
    chosen.push(next);
  }
  return chosen;
}

function unprotected(tasks: readonly TaskFact[]): readonly TaskFact[] {
  const free = tasks.filter(({ isProtected }) => !isProtected);
  return free.length > 0 ? free : tasks;
}

function inFullestZone(tasks: readonly TaskFact[]): TaskFact | undefined {
  const size = (zone: string): number => tasks.filter((one) => one.zone === zone).length;
  const most = Math.max(...tasks.map(({ zone }) => size(zone)));
  return tasks.find(({ zone }) => size(zone) === most);
}
