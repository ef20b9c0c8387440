import type { SandboxClock } from "../model/clock";
import type { Datum, MetricSink } from "../model/metrics";
import { type Scope, scopeKey } from "../model/scope";
import { type Bucket, emptyBucket, mergeBucket, type Samples } from "./bucket";
import { Series } from "./series";
import type { Timings } from "./timings";

/** What names a metric within an account and region. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Which samples of a metric. */
export interface Wanted extends MetricName {
  /** @default every unit */
  readonly unit?: string | undefined;
}

interface Metric extends MetricName {
  readonly byUnit: Map<string, Series>;
}

const minute = 60_000;

/** All metrics of all accounts, for as long as they are kept. */
export class MetricStore implements MetricSink {
  private readonly scopes = new Map<string, Map<string, Metric>>();

  constructor(
    private readonly clock: Pick<SandboxClock, "now">,
    private readonly timings: Timings,
  ) {}

  put(data: readonly Datum[]): void {
    for (const { account, region, namespace, name, dimensions, values, counts, unit, at } of data) {
      const samples = { kind: "values", values, counts } as const;
      this.add({ account, region }, { namespace, name, dimensions, unit }, at, samples);
    }
  }

  /** @param isShort sent with a storage resolution of a second */
  add(scope: Scope, metric: Wanted, at: Date, samples: Samples, isShort = false): void {
    const metrics = this.metricsOf(scope);
    const key = metricKey(metric);
    let found = metrics.get(key);
    if (!found) {
      const { namespace, name, dimensions } = metric;
      metrics.set(key, (found = { namespace, name, dimensions, byUnit: new Map() }));
    }
    const unit = metric.unit ?? "None";
    let series = found.byUnit.get(unit);
    if (!series) found.byUnit.set(unit, (series = new Series()));
    series.add(at.getTime(), samples, isShort, this.timings);
  }

  /** Samples of one period, all of its units together; undefined without any. */
  over(scope: Scope, metric: Wanted, start: number, period: number): Bucket | undefined {
    const found = this.scopes.get(scopeKey(scope))?.get(metricKey(metric));
    if (!found) return undefined;
    const until = this.readableUntil(metric.namespace);
    const buckets = [...found.byUnit]
      .filter(([unit]) => metric.unit === undefined || metric.unit === unit)
      .flatMap(([, series]) => series.over(start, period, until) ?? []);
    if (buckets.length < 2) return buckets[0];
    const all = emptyBucket();
    for (const bucket of buckets) mergeBucket(all, bucket);
    return all;
  }

  /** Units that a metric came in. */
  units(scope: Scope, metric: MetricName): readonly string[] {
    return [...(this.scopes.get(scopeKey(scope))?.get(metricKey(metric))?.byUnit.keys() ?? [])];
  }

  /** @param since only metrics with a sample in or after this minute, epoch milliseconds */
  list(scope: Scope, since = -Infinity): readonly MetricName[] {
    return [...(this.scopes.get(scopeKey(scope))?.values() ?? [])].filter(({ byUnit }) =>
      [...byUnit.values()].some(({ lastMinute }) => lastMinute >= since),
    );
  }

  private metricsOf(scope: Scope): Map<string, Metric> {
    const key = scopeKey(scope);
    let metrics = this.scopes.get(key);
    if (!metrics) this.scopes.set(key, (metrics = new Map<string, Metric>()));
    return metrics;
  }

  /** A minute of AWS' own metrics is readable when it is over and the delay has passed; without delay it grows openly. */
  private readableUntil(namespace: string): number {
    const { publicationDelay } = this.timings;
    if (publicationDelay === 0 || !/^(AWS|ECS)\//.test(namespace)) return Infinity;
    return Math.floor((this.clock.now().getTime() - publicationDelay) / minute) * minute;
  }
}

/** Equal for equal metrics, whatever the order of their dimensions. */
export function metricKey({ namespace, name, dimensions }: MetricName): string {
  const parts = Object.keys(dimensions)
    .sort()
    .map((dimension) => `${dimension}=${dimensions[dimension]}`);
  return [namespace, name, ...parts].join("\u0000");
}
