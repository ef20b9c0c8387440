import type { Op } from "../model/change";
import type { EngineProgress } from "../ports/engine";

interface InFlight {
  readonly label: string;
  readonly since: number;
}

/** Words for what is being done and what has been done. */
const words: Readonly<Record<Op, readonly [doing: string, done: string]>> = {
  create: ["creating", "created"],
  update: ["updating", "updated"],
  replace: ["replacing", "replaced"],
  delete: ["deleting", "deleted"],
  read: ["reading", "read"],
  refresh: ["comparing", "compared"],
  same: ["checking", "unchanged"],
  discard: ["forgetting", "forgotten"],
  import: ["importing", "imported"],
  other: ["working on", "done with"],
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
  ) {}

  /** Takes an event in; the line returned is what stays visible of it. */
  take(event: EngineProgress, now: number): string | undefined {
    if (event.kind === "diagnostic")
      return event.severity === "info" ? undefined : `  ${event.severity}: ${event.message.trim()}`;
    const { urn, op, name, type, kind } = event;
    const [doing, done] = words[op];
    if (kind === "started") {
      if (!quiet.includes(op)) this.inFlight.set(urn, { label: `${doing} ${name} (${type})`, since: now });
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
    return quiet.includes(op) ? undefined : `  ${done} ${name} (${type})${time}`;
  }

  /** The live part: totals, and one line for each resource in flight, the oldest first. */
  lines(now: number, rows: number): readonly string[] {
    const running = [...this.inFlight.values()].map(({ label, since }) => `  ${label} ${duration(now - since)}`);
    const room = Math.max(1, rows - 2);
    const hidden = running.length - room;
    return [this.totals(now), ...running.slice(0, room), ...(hidden > 0 ? [`  and ${hidden} more`] : [])];
  }

  /** `Update of staging 0:31: 42 created, 3 in flight`. */
  totals(now: number): string {
    const parts = [
      ...[...this.counts].map(([op, count]) => `${count} ${words[op][1]}`),
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
