import type { Action } from "./action";
import { cause, interval, note, wait, type Scene, type SeenScene } from "./decide-scene";
import { canServe, fewest, isSplit, split, wantedOf } from "./decide-sides";

/** All traffic to the old side, before anything else. */
export function decideWeightsBack(scene: Scene): Action {
  const { plan, observed, stand } = scene;
  // Reads fail more often than writes are refused, and the old side served when it was last seen.
  if (observed.kind === "blind") return stand.hasShifted ? weighBack(scene) : blind(scene);
  if (isUnseen(scene)) return lookCloser;
  const seen: SeenScene = { ...scene, observed };
  if (!canServe(plan, observed, plan.from.slot)) return revive(seen);
  const isUntouched = !stand.hasShifted && isSplit(plan, observed, 0);
  return isUntouched ? note({ kind: "weights-restored" }) : weighBack(scene);
}

/** What the stack remembers, when the new version had been made the live one there. */
export const decideCommitBack = (scene: Scene): Action =>
  settled(scene, () => ({ kind: "commit", live: scene.plan.from.slot }));

/** The new tasks go when nobody is sent to them any more. */
export const decideRetireNew = (scene: Scene): Action =>
  settled(scene, ({ plan, observed }) => {
    const { slot } = plan.to;
    if (wantedOf(observed, slot) === 0) return note({ kind: "retired" });
    return { kind: "scale", slot, count: 0, then: { kind: "retired" } };
  });

/** One slot: the old images are in place, or nothing was ever changed. Two slots: the new one runs nothing. */
export const decideEndBack = (): Action => note({ kind: "closed", outcome: "rolled-back" });

/** Goes on only while the old side has all traffic, and can take it. */
function settled(scene: Scene, goOn: (seen: SeenScene) => Action): Action {
  const { plan, observed } = scene;
  if (observed.kind === "blind") return blind(scene);
  if (isUnseen(scene)) return lookCloser;
  const seen: SeenScene = { ...scene, observed };
  if (!canServe(plan, observed, plan.from.slot)) return revive(seen);
  return isSplit(plan, observed, 0) ? goOn(seen) : weighBack(scene);
}

/**
 * The old side cannot serve: its tasks are started again, and until they are there the traffic stays where it is. Its
 * time begins when that is written down, which may be long after it turned back.
 */
function revive(scene: SeenScene): Action {
  const { plan, observed, stand, now } = scene;
  const { slot } = plan.from;
  const wanted = wantedOf(observed, slot);
  const count = Math.max(wanted, fewest(plan));
  const deadline = (stand.revivedAt ?? now) + plan.provisionSeconds * 1000;
  if (stand.revivedAt !== null && now >= deadline) return giveUp(scene);
  if (stand.revivedAt === null || wanted < count)
    return { kind: "scale", slot, count, then: { kind: "scaled", count } };
  return wait(now, `waiting for the tasks of slot ${slot}`, deadline, interval(scene));
}

/** All that is left is the new side, if it can serve. */
function giveUp(scene: SeenScene): Action {
  const { plan, observed, stand } = scene;
  const why = `slot ${plan.from.slot} has no healthy targets and did not get any within ${plan.provisionSeconds} s`;
  const found = cause(
    stand.cause?.kind ?? "unhealthy",
    `${stand.cause?.text ?? "It turned back"}\nThere is no way back: ${why}`,
  );
  return canServe(plan, observed, plan.to.slot)
    ? note({ kind: "kept-new", cause: found })
    : note({ kind: "closed", outcome: "stuck", cause: found });
}

/** The new side serves alone: it gets everything, the stack remembers it, and the dead side is taken down. */
export function decideKeepWeights(scene: Scene): Action {
  const { plan, observed } = scene;
  if (observed.kind === "blind") return blind(scene);
  if (!canServe(plan, observed, plan.to.slot)) return stuck(scene);
  return weighAll(scene);
}

export const decideKeepCommit = (scene: Scene): Action =>
  kept(scene, () => ({ kind: "commit", live: scene.plan.to.slot }));

export const decideKeepRetire = (scene: Scene): Action =>
  kept(scene, ({ plan, observed }) => {
    const { slot } = plan.from;
    if (wantedOf(observed, slot) === 0) return note({ kind: "retired" });
    return { kind: "scale", slot, count: 0, then: { kind: "retired" } };
  });

export const decideKeepEnd = (scene: Scene): Action => stuck(scene);

function kept(scene: Scene, goOn: (seen: SeenScene) => Action): Action {
  const { plan, observed } = scene;
  if (observed.kind === "blind") return blind(scene);
  if (isUnseen(scene)) return lookCloser;
  const seen: SeenScene = { ...scene, observed };
  if (!canServe(plan, observed, plan.to.slot)) return stuck(scene);
  return isSplit(plan, observed, 100) ? goOn(seen) : weighAll(scene);
}

const stuck = ({ stand }: Scene): Action =>
  note({ kind: "closed", outcome: "stuck", cause: stand.cause ?? cause("unhealthy", "neither side can serve") });

const weighBack = ({ plan }: Scene): Action => ({
  kind: "weigh",
  weights: split(plan, 0),
  then: { kind: "weights-restored" },
});

const weighAll = ({ plan }: Scene): Action => ({
  kind: "weigh",
  weights: split(plan, 100),
  then: { kind: "shifted", step: Math.max(0, plan.steps.length - 1), percent: 100 },
});

const lookCloser: Action = { kind: "wait", ms: 0, why: "looking closer" };

/** Right after a note, which no look follows, the observation is still that of the phase before. */
const isUnseen = ({ plan, observed }: Scene): boolean =>
  observed.kind === "seen" && observed.routes === undefined && plan.routes.length > 0;

const blind = ({ observed, now }: Scene): Action =>
  wait(now, observed.kind === "blind" ? `AWS does not answer: ${observed.error}` : "looking again");
