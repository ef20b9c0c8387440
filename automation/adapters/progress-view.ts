import type { Op } from "../model/change";
import type { EngineProgress } from "../ports/engine";
import type { RunKind } from "../ports/output";

interface InFlight {
  readonly label: string;
  readonly since: number;
}

/** Words for what is being done, what has been done, and what would be done. */
const words: Readonly<Record<Op, readonly [doing: string, done: string, planned: string]>> = {
  create: ["creating", "created", "to create"],
  update: ["updating", "updated", "to update"],
  replace: ["replacing", "replaced", "to replace"],
  delete: ["deleting", "deleted", "to delete"],
  read: ["reading", "read", "to read"],
  refresh: ["comparing", "compared", "compared"],
  same: ["checking", "unchanged", "unchanged"],
  discard: ["forgetting", "forgotten", "to forget"],
  import: ["importing", "imported", "to import"],
  other: ["working on", "done with", "of an unknown kind"],
};

/** Ops that are many and say little: they are counted, and get no line of their own. */
const quiet: readonly Op[] = ["same", "read", "refresh"];

/** What an engine run looks like at a moment. Pure: time is handed in, in milliseconds. */
export class ProgressView {
  private readonly inFlight = new Map<string, InFlight>();
  private readonly counts = new Map<Op, number>();
  private failed = 0;

  constructor(
    private readonly title: string,
    private readonly startedAt: number,
    private readonly kind: RunKind = "update",
  ) {}

  /** Takes an event in; the line returned is what stays visible of it. */
  take(event: EngineProgress, now: number): string | undefined {
    if (event.kind === "diagnostic")
      return event.severity === "info" ? undefined : `  ${event.severity}: ${event.message.trim()}`;
    const { urn, op, name, type, kind } = event;
    const [doing, done] = words[op];
    if (kind === "started") {
      if (!this.isQuiet(op)) this.inFlight.set(urn, { label: `${doing} ${name} (${type})`, since: now });
      return undefined;
    }
    const since = this.inFlight.get(urn)?.since;
    this.inFlight.delete(urn);
    const time = since === undefined ? "" : ` ${duration(now - since)}`;
    if (kind === "failed") {
      this.failed += 1;
      return `  failed: ${name} (${type})${time}`;
    }
    this.counts.set(op, (this.counts.get(op) ?? 0) + 1);
    return this.isQuiet(op) ? undefined : `  ${done} ${name} (${type})${time}`;
  }

  /** The live part: totals, and one line for each resource in flight, the oldest first. */
  lines(now: number, rows: number): readonly string[] {
    const running = [...this.inFlight.values()].map(({ label, since }) => `  ${label} ${duration(now - since)}`);
    const room = Math.max(1, rows - 2);
    const hidden = running.length - room;
    return [this.totals(now), ...running.slice(0, room), ...(hidden > 0 ? [`  and ${hidden} more`] : [])];
  }

  /** A preview is over in seconds, and the table of changes comes after it. */
  private isQuiet(op: Op): boolean {
    return this.kind === "preview" || quiet.includes(op);
  }

  /** `Update of staging 0:31: 42 created, 3 in flight`. */
  totals(now: number): string {
    const parts = [
      ...[...this.counts].map(([op, count]) => `${count} ${words[op][this.kind === "preview" ? 2 : 1]}`),
      ...(this.failed > 0 ? [`${this.failed} failed`] : []),
      ...(this.inFlight.size > 0 ? [`${this.inFlight.size} in flight`] : []),
    ];
    return `${this.title} ${duration(now - this.startedAt)}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
  }
}

/** `0:31`, minutes and seconds. */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
