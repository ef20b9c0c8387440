import type { FleetEntry, FleetJournal, FleetOutcome } from "./journal";
import type { FleetMove } from "./plan";

/** Where an instance is in a run, on the way forward and on the way back. */
export type InstanceStage =
  | "waiting"
  | "updating"
  | "updated"
  | "healthy"
  | "failed"
  | "restoring"
  | "restored"
  | "restored-healthy"
  | "given-up";

export interface InstanceStand {
  readonly move: FleetMove;
  readonly stage: InstanceStage;
  /** Failed checks of this stage, or failed attempts to restore, since somebody last took it up. */
  readonly failures: number;
  /** When it got there (ISO 8601): the next check is due an interval later. */
  readonly since: string;
  /** What was last found wrong. */
  readonly text: string;
}

export interface FleetStand {
  readonly instances: readonly InstanceStand[];
  /** Why it goes back; null while it goes forward. */
  readonly turnedBack: string | null;
  /** Why it could not; null unless it stands there now. */
  readonly stuck: string | null;
  readonly outcome: FleetOutcome | null;
}

/** What a journal comes to. */
export function standOfFleet({ plan, entries }: Pick<FleetJournal, "plan" | "entries">): FleetStand {
  const first: FleetStand = {
    instances: plan.moves.map((move) => ({ move, stage: "waiting", failures: 0, since: "", text: "" })),
    turnedBack: null,
    stuck: null,
    outcome: null,
  };
  return entries.reduce(after, first);
}

function after(stand: FleetStand, entry: FleetEntry): FleetStand {
  if ("instance" in entry) return { ...stand, instances: stand.instances.map((one) => moved(one, entry)) };
  switch (entry.kind) {
    case "started":
    case "watched":
      return stand;
    case "turned-back":
      // Checks that failed on the way forward are no attempts of the way back.
      return { ...stand, turnedBack: stand.turnedBack ?? entry.text, instances: stand.instances.map(takenUp) };
    case "stuck":
      return { ...stand, stuck: entry.text };
    case "resumed":
      return { ...stand, stuck: null, instances: stand.instances.map(takenUp) };
    case "closed":
      return { ...stand, outcome: entry.outcome };
  }
}

type InstanceEntry = Extract<FleetEntry, { readonly instance: string }>;

function moved(one: InstanceStand, entry: InstanceEntry): InstanceStand {
  if (one.move.instance !== entry.instance) return one;
  const reached = (stage: InstanceStage): InstanceStand => ({ ...one, stage, failures: 0, since: entry.at, text: "" });
  switch (entry.kind) {
    case "updating":
      return reached("updating");
    case "updated":
      return reached("updated");
    case "update-failed":
      return { ...reached("failed"), text: entry.text };
    case "healthy":
      return reached(one.stage === "restored" ? "restored-healthy" : "healthy");
    case "check-failed":
      return { ...one, failures: one.failures + 1, since: entry.at, text: entry.text };
    case "restoring":
      return { ...one, stage: "restoring" };
    case "restored":
      return reached("restored");
    case "restore-failed":
      return { ...one, stage: "failed", failures: one.failures + 1, since: entry.at, text: entry.text };
  }
}

/** All attempts are made again: whoever resumes has done something about what was given up. */
const takenUp = (one: InstanceStand): InstanceStand => ({ ...one, failures: 0 });
