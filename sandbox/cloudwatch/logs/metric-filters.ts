import { type Scope, scopeKey } from "../../model/scope";
import type { LogEvent } from "../log-event";
import type { MetricStore } from "../metric-store";
import { floor } from "../series";
import { type LogMatcher, PatternFault } from "./log-matcher";
import { parsePattern } from "./pattern";

/** A filter as PutMetricFilter has it, with the one transformation that AWS allows. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly namespace: string;
  readonly metric: string;
  /** A number, or a field: `$.latency`, `$bytes`. */
  readonly value: string;
  readonly defaultValue?: number | undefined;
  readonly unit?: string | undefined;
  /** Name of the dimension -> field. */
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Ready extends MetricFilter {
  readonly matches: LogMatcher;
}

const minute = 60_000;

/** Makes metrics of log lines ("Monitoring log data" in the Logs user guide). Filters do not look back. */
export class MetricFilters {
  /** Scope -> log group -> filter's name. */
  private readonly groups = new Map<string, Map<string, Map<string, Ready>>>();
  /** Minutes that had lines and are not over: filter -> start of the minute -> whether a line matched. */
  private readonly open = new Map<Ready, { readonly scope: Scope; readonly minutes: Map<number, boolean> }>();

  constructor(private readonly store: Pick<MetricStore, "add">) {}

  /** One that cannot be read matches nothing: moto has taken it already. */
  put(scope: Scope, group: string, filter: MetricFilter): void {
    const groups = this.groupsOf(scope);
    const filters = groups.get(group) ?? new Map<string, Ready>();
    groups.set(group, filters.set(filter.name, { ...filter, matches: matcherOf(filter.pattern) }));
  }

  remove(scope: Scope, group: string, name: string): void {
    this.groupsOf(scope).get(group)?.delete(name);
  }

  removeGroup(scope: Scope, group: string): void {
    this.groupsOf(scope).delete(group);
  }

  /** Lines that have just been ingested. Without any line there is no point, not even of the default value. */
  ingest(scope: Scope, group: string, events: readonly LogEvent[]): void {
    const filters = this.groupsOf(scope).get(group);
    if (!filters?.size || events.length === 0) return;
    for (const filter of filters.values()) {
      for (const event of events) this.mark(scope, filter, event.timestamp, this.count(scope, filter, event));
    }
  }

  /** Default values, for minutes that are over, had lines and no match. */
  closeMinutes(now: Date): void {
    const current = floor(now.getTime(), minute);
    for (const [filter, { scope, minutes }] of this.open) {
      for (const [start, isMatched] of minutes) {
        if (start >= current) continue;
        minutes.delete(start);
        if (!isMatched) this.add(scope, filter, start, filter.defaultValue ?? 0, {});
      }
      if (minutes.size === 0) this.open.delete(filter);
    }
  }

  private count(scope: Scope, filter: Ready, { message, timestamp }: LogEvent): boolean {
    const valueOf = filter.matches(message);
    if (!valueOf) return false;
    const value = filter.value.startsWith("$") ? Number(valueOf(filter.value) ?? NaN) : Number(filter.value);
    // A field that is no number gives no sample, yet the line did match.
    if (!Number.isFinite(value)) return true;
    const dimensions = Object.entries(filter.dimensions).map(([name, field]) => [name, valueOf(field)] as const);
    if (dimensions.some(([, found]) => typeof found !== "string" && typeof found !== "number")) return true;
    this.add(
      scope,
      filter,
      timestamp,
      value,
      Object.fromEntries(dimensions.map(([name, found]) => [name, String(found)])),
    );
    return true;
  }

  private mark(scope: Scope, filter: Ready, at: number, isMatched: boolean): void {
    if (filter.defaultValue === undefined || Object.keys(filter.dimensions).length > 0) return;
    const entry = this.open.get(filter) ?? { scope, minutes: new Map<number, boolean>() };
    this.open.set(filter, entry);
    const start = floor(at, minute);
    entry.minutes.set(start, isMatched || (entry.minutes.get(start) ?? false));
  }

  private add(
    scope: Scope,
    filter: Ready,
    at: number,
    value: number,
    dimensions: Readonly<Record<string, string>>,
  ): void {
    const metric = { namespace: filter.namespace, name: filter.metric, dimensions, unit: filter.unit ?? "None" };
    this.store.add(scope, metric, new Date(at), { kind: "values", values: [value] });
  }

  private groupsOf(scope: Scope): Map<string, Map<string, Ready>> {
    const key = scopeKey(scope);
    let groups = this.groups.get(key);
    if (!groups) this.groups.set(key, (groups = new Map<string, Map<string, Ready>>()));
    return groups;
  }
}

function matcherOf(pattern: string): LogMatcher {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    return () => undefined;
  }
}
