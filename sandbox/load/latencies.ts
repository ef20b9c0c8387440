/** Neighbouring buckets are this far apart: a percentile is right to half a percent, whatever its size. */
const growth = Math.log(1.01);

/** Times below this are all one bucket. */
const smallestMs = 0.001;

export interface LatencyReport {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Times of requests in logarithmic buckets: memory grows with their spread, not with their number. */
export class Latencies {
  private readonly buckets = new Map<number, number>();
  private count = 0;
  private max = 0;

  add(ms: number): void {
    const bucket = Math.round(Math.log(Math.max(ms, smallestMs) / smallestMs) / growth);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
    this.count += 1;
    this.max = Math.max(this.max, ms);
  }

  /** Undefined when there are none. */
  report(): LatencyReport | undefined {
    if (this.count === 0) return undefined;
    const sorted = [...this.buckets].sort(([a], [b]) => a - b);
    const at = (share: number): number => rounded(Math.min(this.percentile(sorted, share), this.max));
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: rounded(this.max) };
  }

  /** Nearest rank. */
  private percentile(sorted: readonly (readonly [number, number])[], share: number): number {
    let left = Math.ceil(share * this.count);
    for (const [bucket, count] of sorted) {
      left -= count;
      if (left <= 0) return smallestMs * Math.exp(bucket * growth);
    }
    return this.max;
  }
}

/** Microseconds are as fine as anybody reads. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
