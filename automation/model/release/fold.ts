import { emptyTold, tell, type Told } from "./fold-entries";
import type { Journal } from "./journal";
import type { ServicePlan } from "./plan";

/** Where a release stands; each has its own decision (`decide.ts`). */
export type StandPhase =
  /** Forward: the new images in their slot, as many tasks as the live side has, waiting for them. */
  | "provision"
  | "scale"
  | "await"
  /** Forward: a step's weights, the watch after them, the proof on the live side, the stack's memory. */
  | "shift"
  | "bake"
  | "prove"
  | "commit"
  /** Forward, after the commit: the old side is kept for a while, then taken down. */
  | "warm"
  | "finish"
  /** Back, two slots: traffic first. */
  | "weights-back"
  | "commit-back"
  | "retire-new"
  /** Back, one slot. */
  | "restore"
  | "await-restore"
  | "end-back"
  /** The old side cannot serve: everything goes to the new one. */
  | "keep-weights"
  | "keep-commit"
  | "keep-retire"
  | "keep-end"
  /** Nobody goes on with it until somebody asks for it. */
  | "halted"
  | "closed";

/** What a journal comes to: the view that decisions are made from. */
export interface Stand extends Told {
  readonly phase: StandPhase;
  /** There is a way back until the old side is taken down, or a rolling release is committed. */
  readonly canGoBack: boolean;
}

/** Failed actions of the way back after which a driver stops and leaves the rest to `slipway release resume`. */
export const mostFailures = 3;

export function standOf({ plan, entries }: Pick<Journal, "plan" | "entries">): Stand {
  const told = emptyTold();
  for (const entry of entries) tell(told, entry);
  return { ...told, phase: phaseOf(told, plan.mode, plan.steps.length), canGoBack: canGoBack(told, plan.mode) };
}

const canGoBack = ({ direction, outcome, isRetired, committed }: Told, mode: ServicePlan["mode"]): boolean =>
  direction === "forward" && outcome === undefined && !(mode === "slots" ? isRetired : committed.forward);

function phaseOf(told: Told, mode: ServicePlan["mode"], steps: number): StandPhase {
  if (told.outcome !== undefined) return "closed";
  if (told.isLeft || told.failures >= mostFailures) return "halted";
  // One slot has no other side to take the traffic from.
  if (told.direction === "kept") return mode === "slots" ? keptPhase(told) : "keep-end";
  if (told.direction === "back") return mode === "slots" ? slotsBack(told) : rollingBack(told);
  if (mode === "ecs") return nativeForward(told, steps);
  return mode === "slots" ? slotsForward(told, steps) : rollingForward(told);
}

function slotsForward(told: Told, steps: number): StandPhase {
  if (told.deploymentId === null) return "provision";
  if (!told.isScaled) return "scale";
  if (!told.isVerified) return "await";
  if (told.passed < steps) return told.shifted >= told.passed ? "bake" : "shift";
  if (!told.isReady) return "prove";
  if (!told.committed.forward) return "commit";
  return told.isRetired ? "finish" : "warm";
}

function rollingForward(told: Told): StandPhase {
  if (told.deploymentId === null) return "provision";
  if (!told.isVerified) return "await";
  if (told.passed === 0) return "bake";
  if (!told.isReady) return "prove";
  return told.committed.forward ? "finish" : "commit";
}

/** ECS takes the steps itself; it is done with them when its deployment is, and no sooner. */
function nativeForward(told: Told, steps: number): StandPhase {
  if (told.deploymentId === null) return "provision";
  if (!told.isVerified) return "await";
  if (told.passed < steps) return told.shifted >= told.passed ? "bake" : "shift";
  if (!told.isReady) return "prove";
  return told.committed.forward ? "finish" : "commit";
}

function slotsBack(told: Told): StandPhase {
  if (!told.isRestored) return "weights-back";
  if (told.committing.forward && !told.committed.back) return "commit-back";
  return told.isRetired ? "end-back" : "retire-new";
}

function rollingBack(told: Told): StandPhase {
  if (!told.hasProvisioned) return "end-back";
  return told.restoredId === null ? "restore" : "await-restore";
}

function keptPhase(told: Told): StandPhase {
  if (!told.isKeptShifted) return "keep-weights";
  if (!told.committed.kept) return "keep-commit";
  return told.isRetired ? "keep-end" : "keep-retire";
}
