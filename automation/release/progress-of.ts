import type { Action } from "../model/release/action";
import { describeStand } from "../model/release/describe-stand";
import type { Journal } from "../model/release/journal";
import type { Observed, SlotView } from "../model/release/observed";
import type { ServicePlan, SlotContent } from "../model/release/plan";
import type { ReleaseProgress, SideProgress } from "../model/release/progress";
import { expectedMs } from "./expected-duration";

export interface Moment {
  readonly plan: ServicePlan;
  readonly journal: Journal;
  readonly seen: Observed;
  readonly action: Action;
  readonly now: Date;
}

/** What people are shown of one look and one decision. */
export function progressOf({ plan, journal, seen, action, now }: Moment): ReleaseProgress {
  const stand = describeStand(plan, seen, journal, action, now);
  const slots = seen.kind === "seen" ? seen.slots : {};
  const weights = seen.kind === "seen" ? (seen.routes?.[0]?.weights ?? null) : null;
  const begun = journal.entries[0]?.at ?? now.toISOString();
  const firing = seen.kind === "seen" ? (seen.alarms ?? []).filter(({ state }) => state === "ALARM") : [];
  return {
    at: now.toISOString(),
    service: plan.service,
    ...stand,
    old: sideOf(plan.from, slots[plan.from.slot]),
    fresh: sideOf(plan.to, slots[plan.to.slot]),
    freshPercent: weights === null || plan.mode !== "slots" ? null : weights[plan.to.slot],
    weights,
    firing: firing.map(({ name }) => name),
    elapsedMs: now.getTime() - Date.parse(begun),
    expectedMs: expectedMs(plan),
    event: action.kind !== "wait",
  };
}

function sideOf({ version }: SlotContent, view: SlotView | undefined): SideProgress {
  const service = view?.service;
  const groups = view?.targets ?? [];
  const healthy =
    groups.length === 0
      ? (service?.running ?? 0)
      : Math.min(...groups.map((targets) => targets.filter(({ state }) => state === "healthy").length));
  return { version, desired: service?.desired ?? 0, running: service?.running ?? 0, healthy };
}
