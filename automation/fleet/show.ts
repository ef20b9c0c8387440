import type { FleetAction } from "../model/fleet/decide";
import type { FleetJournal } from "../model/fleet/journal";
import { standOfFleet, type FleetStand } from "../model/fleet/stand";
import type { ReleasePhase, ReleaseProgress, SideProgress } from "../model/release/progress";

/** How a run over a fleet stands, in the words of releases: instances are its tasks. */
export function fleetProgress(journal: FleetJournal, action: FleetAction, now: Date): ReleaseProgress {
  const { plan } = journal;
  const stand = standOfFleet(journal);
  const fresh = stand.instances.filter(({ stage }) => stage === "updated" || stage === "healthy");
  const before = plan.total - plan.moves.length - plan.kept;
  const running = fresh.length + plan.kept;
  const sure = stand.instances.filter(({ stage }) => stage === "healthy").length + plan.kept;
  const old =
    stand.instances.filter(({ stage }) => stage === "waiting" || stage.startsWith("restored")).length + before;
  const side = (version: string, count: number, healthy: number): SideProgress => ({
    version,
    desired: count,
    running: count,
    healthy,
  });
  return {
    at: now.toISOString(),
    service: plan.component,
    phase: phaseOf(stand, action),
    step: null,
    old: side(plan.moves[0]?.from ?? "?", old, old),
    fresh: side(plan.version, running, sure),
    freshPercent: plan.total === 0 ? null : Math.round((running / plan.total) * 100),
    weights: null,
    firing: [],
    elapsedMs: now.getTime() - Date.parse(journal.entries[0]?.at ?? now.toISOString()),
    // An update takes as long as its commands; only the pauses are known.
    expectedMs: null,
    note: noteOf(action),
    event: action.kind !== "wait",
  };
}

function phaseOf({ turnedBack }: FleetStand, { kind }: FleetAction): ReleasePhase {
  if (turnedBack !== null) return "back";
  return kind === "update" ? "shift" : "bake";
}

function noteOf(action: FleetAction): string {
  switch (action.kind) {
    case "update":
      return `${action.move.instance}: ${action.move.from} -> ${action.move.to}`;
    case "restore":
      return `${action.move.instance}: back to ${action.move.from}`;
    case "check":
      return `${action.instance}: is it healthy with ${action.version}?`;
    case "look":
      return "looks at the canary and at those beside it";
    case "wait":
      return action.why;
    case "note":
      return describeFact(action.fact);
    case "stop":
      return "over";
  }
}

function describeFact(fact: Extract<FleetAction, { kind: "note" }>["fact"]): string {
  switch (fact.kind) {
    case "turned-back":
      return `going back: ${fact.text}`;
    case "stuck":
      return `cannot go on: ${fact.text}`;
    case "closed":
      return fact.outcome === "done" ? "all updated and healthy" : "all have their old version again";
  }
}
