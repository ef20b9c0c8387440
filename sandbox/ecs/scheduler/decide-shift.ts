import type { ShiftView, TaskWish } from "../shifting/model";
import type { Decision, Start, Stop } from "./decide-rolling";
import type { TaskFact } from "./task-facts";

export interface ShiftedTasks {
  readonly desired: number;
  readonly greenId: string;
  readonly blueId: string | undefined;
  /** False while starts of the green side are held back. */
  readonly mayStart: boolean;
  readonly wanted: ShiftView["tasks"];
  readonly tasks: readonly TaskFact[];
}

/**
 * Makes the tasks of both sides what the stage of the deployment wants. The limits of a rolling update do not apply: green
 * gets all its tasks beside all of blue.
 */
export function decideShift({ desired, greenId, blueId, mayStart, wanted, tasks }: ShiftedTasks): Decision {
  const present = tasks.filter(({ phase }) => phase === "starting" || phase === "running");
  const of = (id: string | undefined) => present.filter(({ deploymentId }) => deploymentId === id);
  const others = present.filter(({ deploymentId }) => deploymentId !== greenId && deploymentId !== blueId);
  const sides = [
    sideOf(greenId, of(greenId), counts[wanted.green](desired), mayStart && wanted.green === "wanted"),
    ...(blueId === undefined
      ? []
      : [sideOf(blueId, of(blueId), counts[wanted.blue](desired), wanted.blue === "wanted")]),
  ];
  return {
    starts: sides.flatMap(({ start }) => (start.count > 0 ? [start] : [])),
    stops: [...sides.flatMap(({ stops }) => stops), ...(wanted.others === "none" ? others.map(without) : [])],
    isStuck: false,
  };
}

/** How many tasks a side may have: what runs is kept whatever its number when nothing else is said. */
const counts: Readonly<Record<TaskWish, (desired: number) => number>> = {
  wanted: (desired) => desired,
  "as-is": () => Infinity,
  none: () => 0,
};

/** The replacement of a sick task is started first; the sick one stops a step later. */
function sideOf(deploymentId: string, present: readonly TaskFact[], wanted: number, mayStart: boolean) {
  const sick = present.filter(({ sickness }) => sickness);
  const useful = present.filter(({ sickness }) => !sickness);
  const missing = Math.max(0, wanted - useful.length);
  const count = mayStart && Number.isFinite(missing) ? missing : 0;
  const replaced = missing === 0 ? sick.map((task): Stop => ({ task, because: task.sickness })) : [];
  const surplus = [...useful].sort(byWorth).slice(0, Math.max(0, useful.length - wanted));
  const start: Start = { deploymentId, count, replaced: Math.min(count, sick.length) };
  return { start, stops: [...replaced, ...surplus.map(without)] };
}

/** Those that serve nobody yet come first, then the oldest. */
const byWorth = (a: TaskFact, b: TaskFact): number =>
  Number(a.isHealthy) - Number(b.isHealthy) || a.createdAt.getTime() - b.createdAt.getTime();

const without = (task: TaskFact): Stop => ({ task, because: undefined });
