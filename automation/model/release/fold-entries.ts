import type { Cause } from "./cause";
import type { JournalEntry, ReleaseOutcome } from "./journal";

/** `kept`: it was on the way back, and the old side could not serve. */
export type Direction = "forward" | "back" | "kept";

/** What the entries of a journal have told so far. Times are milliseconds since 1970. */
export interface Told {
  direction: Direction;
  outcome: ReleaseOutcome | undefined;
  /** An engine run that puts new images in place was begun, or tasks were started anew. */
  hasProvisioned: boolean;
  deploymentId: string | null;
  taskDefinition: string | null;
  isScaled: boolean;
  isVerified: boolean;
  /** Steps that are over; also the index of the one that is next or under way. */
  passed: number;
  /** Index of the last step whose weights were given; -1 before the first. */
  shifted: number;
  /** Share that the new side was given last, in percent. */
  percent: number;
  /** A share that was announced, and nobody wrote down that it was given. */
  announced: number | null;
  /** Whether any share may ever have been given to the new side. */
  hasShifted: boolean;
  isReady: boolean;
  /** Hook at which ECS waits for somebody; null while it does not. */
  pause: string | null;
  committing: Record<Direction, boolean>;
  committed: Record<Direction, boolean>;
  isRestored: boolean;
  /** Rolling, on the way back: the deployment of the old images, and how often they were put in place. */
  restoredId: string | null;
  restores: number;
  isKeptShifted: boolean;
  isRetired: boolean;
  /** Since when it waits for what it waits for now: tasks, a bake, the warm time, the way back. */
  since: number;
  /** For the new tasks to come up: since they were to, or since somebody wanted to wait once more. */
  awaitedSince: number;
  /** When the old side, which somebody had taken away, was started again. */
  revivedAt: number | null;
  /** Why it turned back, or was left. */
  cause: Cause | null;
  isLeft: boolean;
  /** The way back that somebody asked for. */
  abort: { readonly by: string; readonly reason?: string } | null;
  /** Somebody went past the rest of the wait that it is in. */
  isSkipped: boolean;
  /** Actions of the way back that failed since somebody last wanted it to go on, and when the last did. */
  failures: number;
  failedAt: number;
  lastKind: JournalEntry["kind"] | undefined;
}

const noneOf = (): Record<Direction, boolean> => ({ forward: false, back: false, kept: false });

/** Before the first entry. */
export const emptyTold = (): Told => ({
  direction: "forward",
  outcome: undefined,
  hasProvisioned: false,
  deploymentId: null,
  taskDefinition: null,
  isScaled: false,
  isVerified: false,
  passed: 0,
  shifted: -1,
  percent: 0,
  announced: null,
  hasShifted: false,
  isReady: false,
  pause: null,
  committing: noneOf(),
  committed: noneOf(),
  isRestored: false,
  restoredId: null,
  restores: 0,
  isKeptShifted: false,
  isRetired: false,
  since: 0,
  awaitedSince: 0,
  revivedAt: null,
  cause: null,
  isLeft: false,
  abort: null,
  isSkipped: false,
  failures: 0,
  failedAt: 0,
  lastKind: undefined,
});

/** Takes one more entry in. */
export function tell(told: Told, entry: JournalEntry): void {
  const at = Date.parse(entry.at);
  const waitsFromNow = (): void => void Object.assign(told, { since: at, isSkipped: false });
  told.lastKind = entry.kind;
  switch (entry.kind) {
    case "started":
      return waitsFromNow();
    case "provisioning":
      told.hasProvisioned = true;
      return;
    case "provisioned":
      Object.assign(told, { deploymentId: entry.deploymentId, taskDefinition: entry.taskDefinition, awaitedSince: at });
      return waitsFromNow();
    case "scaled":
      if (told.direction === "forward") Object.assign(told, { isScaled: true, awaitedSince: at });
      else told.revivedAt ??= at;
      return waitsFromNow();
    case "verified":
      told.isVerified = true;
      return waitsFromNow();
    case "shifting":
      Object.assign(told, { announced: entry.percent, hasShifted: true });
      return;
    case "shifted":
      Object.assign(told, { announced: null, hasShifted: true, shifted: entry.step, percent: entry.percent });
      // A step is left out when the old side cannot take its share any more.
      told.passed = Math.max(told.passed, entry.step);
      told.isKeptShifted = told.direction === "kept";
      return waitsFromNow();
    case "passed":
      told.passed = Math.max(told.passed, entry.step + 1);
      return waitsFromNow();
    case "paused":
      told.pause = entry.hookId;
      return waitsFromNow();
    case "continued":
      told.pause = null;
      return waitsFromNow();
    case "ready":
      told.isReady = true;
      return waitsFromNow();
    case "committing":
      told.committing[told.direction] = true;
      return;
    case "committed":
      told.committed[told.direction] = true;
      told.failures = 0;
      return waitsFromNow();
    case "retired":
      told.isRetired = true;
      return;
    case "closed":
      told.outcome = entry.outcome;
      return;
    case "failed":
    case "abort-asked":
    case "continue-asked":
    case "turned-back":
    case "kept-new":
    case "left-as-is":
    case "weights-restored":
    case "restoring":
    case "restored":
      return tellOfTheWay(told, entry, at);
  }
}

type Wayward = Extract<
  JournalEntry,
  {
    kind:
      | "failed"
      | "abort-asked"
      | "continue-asked"
      | "turned-back"
      | "kept-new"
      | "left-as-is"
      | "weights-restored"
      | "restoring"
      | "restored";
  }
>;

/** What goes wrong, and what people want done about it. */
function tellOfTheWay(told: Told, entry: Wayward, at: number): void {
  switch (entry.kind) {
    case "failed":
      Object.assign(told, { failures: told.failures + 1, failedAt: at });
      return;
    case "abort-asked":
      told.abort = { by: entry.by, ...(entry.reason === undefined ? {} : { reason: entry.reason }) };
      return;
    case "continue-asked":
      return goOn(told, at);
    case "left-as-is":
      Object.assign(told, { isLeft: true, cause: entry.cause });
      return;
    case "turned-back":
      Object.assign(told, { direction: "back", cause: entry.cause, isLeft: false, failures: 0, since: at });
      return;
    case "kept-new":
      Object.assign(told, { direction: "kept", cause: entry.cause, failures: 0, since: at });
      return;
    case "weights-restored":
      Object.assign(told, { isRestored: true, percent: 0, announced: null, failures: 0 });
      return;
    case "restoring":
      Object.assign(told, { restores: told.restores + 1, restoredId: null });
      return;
    case "restored":
      Object.assign(told, { restoredId: entry.deploymentId, since: at, failures: 0 });
  }
}

/** What had stopped waits anew for what it waited for; what had not goes past the rest of its wait. */
function goOn(told: Told, at: number): void {
  const hadStopped = told.isLeft || told.failures > 0;
  if (hadStopped) Object.assign(told, { since: at, awaitedSince: at, restores: 0, revivedAt: null });
  Object.assign(told, { isLeft: false, failures: 0, isSkipped: !hadStopped });
}
