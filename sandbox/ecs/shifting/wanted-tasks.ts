import type { ShiftOutcome, ShiftState, WantedTasks } from "./model";

/** What becomes of everybody's tasks where the deployment stands. @param hasBlue false for the first deployment */
export function wantedTasks(
  { outcome, direction, stage }: Pick<ShiftState, "outcome" | "direction" | "stage">,
  hasBlue: boolean,
): WantedTasks {
  const blue = hasBlue ? "wanted" : "none";
  if (outcome) return { blue, ...left[outcome] };
  if (direction === "back") return { blue, green: stage === "CLEAN_UP" ? "none" : "wanted", others: "none" };
  const isBeforeGreen = stage === "RECONCILE_SERVICE" || stage === "PRE_SCALE_UP";
  return {
    blue: stage === "CLEAN_UP" ? "none" : blue,
    green: isBeforeGreen ? "none" : "wanted",
    others: "none",
  };
}

/** A deployment that failed or was stopped starts nothing more, and may still have traffic: what runs is left running. */
const left: Readonly<Record<ShiftOutcome, Pick<WantedTasks, "green" | "others"> & Partial<WantedTasks>>> = {
  SUCCESSFUL: { blue: "none", green: "wanted", others: "none" },
  STOPPED: { green: "as-is", others: "none" },
  ROLLBACK_SUCCESSFUL: { green: "none", others: "none" },
  ROLLBACK_FAILED: { green: "as-is", others: "none" },
};
