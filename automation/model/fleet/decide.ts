import type { FleetFact, FleetJournal } from "./journal";
import { describeDuration } from "../duration";
import type { FleetMember, FleetMove } from "./plan";
import { standOfFleet, type FleetStand, type InstanceStand } from "./stand";
import { watchStep } from "./watch";

/** The next thing to do in a run over a fleet. */
export type FleetAction =
  | { readonly kind: "update"; readonly move: FleetMove }
  | { readonly kind: "restore"; readonly move: FleetMove }
  /** Whether the instance is healthy with this version. */
  | { readonly kind: "check"; readonly instance: string; readonly version: string }
  /** A look at all instances while a canary is watched. */
  | { readonly kind: "look"; readonly members: readonly FleetMember[] }
  | { readonly kind: "wait"; readonly ms: number; readonly why: string }
  /** Only written down. */
  | { readonly kind: "note"; readonly fact: Extract<FleetFact, { kind: "turned-back" | "stuck" | "closed" }> }
  | { readonly kind: "stop" };

/**
 * One instance at a time, with a check after each. A failed one turns the run back: all that were touched get their old
 * version again, the newest first and without waiting, and then they are checked.
 */
export function decideFleet(journal: Pick<FleetJournal, "plan" | "entries">, now: Date): FleetAction {
  const stand = standOfFleet(journal);
  if (stand.outcome !== null || stand.stuck !== null) return { kind: "stop" };
  return stand.turnedBack === null ? forward(journal, stand, now) : back(journal.plan, stand, now);
}

type Pace = Pick<FleetJournal["plan"], "healthIntervalSeconds" | "retries">;

function forward(journal: Pick<FleetJournal, "plan" | "entries">, stand: FleetStand, now: Date): FleetAction {
  const { plan: pace } = journal;
  const current = stand.instances.find(({ stage }) => stage !== "healthy");
  if (current === undefined) return watched(journal, stand, now);
  const { move, stage, failures, text } = current;
  if (stage === "waiting" || stage === "updating") return { kind: "update", move };
  if (stage === "failed" || failures > pace.retries)
    return { kind: "note", fact: { kind: "turned-back", text: `${move.instance}: ${text}` } };
  return checkOrWait(current, move.to, pace, now);
}

function watched(journal: Pick<FleetJournal, "plan" | "entries">, stand: FleetStand, now: Date): FleetAction {
  const step = watchStep(journal, stand, now);
  switch (step.kind) {
    case "look":
      return step;
    case "wait":
      return { kind: "wait", ms: step.ms, why: `the canary is watched, ${describeDuration(step.leftMs)} to go` };
    case "worse":
      return { kind: "note", fact: { kind: "turned-back", text: step.text } };
    case "over":
      return { kind: "note", fact: { kind: "closed", outcome: "done" } };
  }
}

function back(pace: Pace, { instances }: FleetStand, now: Date): FleetAction {
  const touched = instances.filter(({ stage }) => stage !== "waiting").reverse();
  const open = touched.filter(({ stage }) => !stage.startsWith("restored"));
  const tried = open.filter(({ failures }) => !isTurnOver(failures, pace)).sort((a, b) => a.failures - b.failures);
  const [next] = tried;
  if (next !== undefined) return { kind: "restore", move: next.move };
  const unchecked = touched.filter(({ stage }) => stage === "restored");
  const checked = unchecked.filter(({ failures }) => !isTurnOver(failures, pace));
  const [due] = checked.sort((a, b) => a.failures - b.failures);
  if (due !== undefined)
    return due.failures === 0 ? check(due, due.move.from) : checkOrWait(due, due.move.from, pace, now);
  const lost = [...open, ...unchecked];
  if (lost.length === 0) return { kind: "note", fact: { kind: "closed", outcome: "rolled-back" } };
  const text = lost.map(({ move, text: why }) => `${move.instance}: ${why}`).join("\n");
  return { kind: "note", fact: { kind: "stuck", text } };
}

/** A first try and the retries are made. */
const isTurnOver = (failures: number, { retries }: Pace): boolean => failures > retries;

function checkOrWait(one: InstanceStand, version: string, pace: Pace, now: Date): FleetAction {
  const left = Date.parse(one.since) + pace.healthIntervalSeconds * 1000 - now.getTime();
  if (left <= 0) return check(one, version);
  const why = one.failures === 0 ? "is given time before its check" : `is checked again: ${one.text}`;
  return { kind: "wait", ms: left, why: `${one.move.instance} ${why}` };
}

const check = ({ move }: InstanceStand, version: string): FleetAction => ({
  kind: "check",
  instance: move.instance,
  version,
});
