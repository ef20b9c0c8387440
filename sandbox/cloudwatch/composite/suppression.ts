/** Whether the actions of a composite alarm are held back, and by what ("Composite alarm action suppression"). */
export type Suppression =
  | { readonly kind: "none" }
  /** Until when, epoch milliseconds. */
  | { readonly kind: "WaitPeriod" | "ExtensionPeriod"; readonly until: number }
  | { readonly kind: "Alarm" };

export type SuppressionEvent =
  | { readonly kind: "flipped"; readonly isSuppressorInAlarm: boolean }
  | { readonly kind: "suppressor"; readonly isInAlarm: boolean }
  | { readonly kind: "time" };

export interface SuppressionPeriods {
  /** Milliseconds. */
  readonly wait: number;
  /** Milliseconds. */
  readonly extension: number;
}

export interface SuppressionStep {
  readonly next: Suppression;
  /** The actions of the state that the alarm has now are to be done. */
  readonly runsActions: boolean;
}

/** What becomes of it. State changes are never held back, only actions. */
export function suppress(
  current: Suppression,
  event: SuppressionEvent,
  { wait, extension }: SuppressionPeriods,
  now: number,
): SuppressionStep {
  switch (event.kind) {
    case "flipped":
      return event.isSuppressorInAlarm ? held({ kind: "Alarm" }) : held({ kind: "WaitPeriod", until: now + wait });
    case "suppressor":
      if (current.kind === "none") return held(current);
      if (event.isInAlarm) return held({ kind: "Alarm" });
      return held(current.kind === "Alarm" ? { kind: "ExtensionPeriod", until: now + extension } : current);
    case "time":
      return "until" in current && current.until <= now ? { next: { kind: "none" }, runsActions: true } : held(current);
  }
}

const held = (next: Suppression): SuppressionStep => ({ next, runsActions: false });
