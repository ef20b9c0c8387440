import type { Action } from "../../model/release/action";
import { describeStand } from "../../model/release/describe-stand";
import { standOf } from "../../model/release/fold";
import type { Journal } from "../../model/release/journal";
import type { NativeAction, NativeObserved } from "../../model/release/native";
import type { Observed } from "../../model/release/observed";
import type { ServicePlan } from "../../model/release/plan";
import type { ReleaseProgress, SideProgress } from "../../model/release/progress";
import { expectedMs } from "../expected-duration";

export interface NativeMoment {
  readonly plan: ServicePlan;
  readonly journal: Journal;
  readonly seen: NativeObserved;
  readonly action: NativeAction;
  readonly now: Date;
}

/** What people are shown of one look and one decision: the same as of the driver's own releases. */
export function nativeProgress({ plan, journal, seen, action, now }: NativeMoment): ReleaseProgress {
  const deployment = seen.kind === "seen" ? seen.deployment : null;
  const target = deployment?.target;
  const [source] = deployment?.sources ?? [];
  const { deploymentId, restoredId } = standOf(journal);
  const begun = journal.entries[0]?.at ?? now.toISOString();
  const alarms = seen.kind === "seen" ? seen.alarms : [];
  return {
    at: now.toISOString(),
    service: plan.service,
    ...describeStand(plan, plainly(seen), journal, told(action), now),
    old: side(plan.from.version, source),
    fresh: side(plan.to.version, target),
    // Before it has a deployment of its own, and once the old images have one, what is shown is the old version's.
    freshPercent: restoredId !== null ? 0 : deploymentId === null ? null : (target?.production ?? null),
    // ECS has two target groups and no slots: which of them is which changes with every deployment.
    weights: null,
    firing: alarms.filter(({ state }) => state === "ALARM").map(({ name }) => name),
    elapsedMs: now.getTime() - Date.parse(begun),
    expectedMs: expectedMs(plan),
    event: action.kind !== "wait",
  };
}

/** ECS counts a task as running in a revision only when it takes part. */
const side = (
  version: string,
  counts: { readonly wanted: number; readonly running: number } | undefined,
): SideProgress => ({
  version,
  desired: counts?.wanted ?? 0,
  running: counts?.running ?? 0,
  healthy: counts?.running ?? 0,
});

/** The parts that the words for a stand are made from. */
const plainly = (seen: NativeObserved): Observed =>
  seen.kind === "blind" ? seen : { kind: "seen", peers: seen.peers, slots: {} };

function told(action: NativeAction): Action {
  if (action.kind === "continue") return { kind: "wait", ms: 0, why: "lets ECS go past its pause" };
  if (action.kind === "take-back") return { kind: "wait", ms: 0, why: "tells ECS to go back" };
  return action;
}
