import { addSamples, type Bucket, emptyBucket, mergeBucket, type Samples } from "./bucket";

const minute = 60_000;
const short = 10_000;

/** How long what is kept, in milliseconds. */
export interface Kept {
  readonly keptMinutes: number;
  readonly keptShort: number;
}

/** One metric in one unit: a bucket for every minute, and for every 10 seconds of the last hour. */
export class Series {
  private readonly minutes = new Map<number, Bucket>();
  private readonly shorts = new Map<number, Bucket>();
  private newest = -Infinity;

  /** @param isShort it was sent with a storage resolution of a second: only such have points between full minutes */
  add(at: number, samples: Samples, isShort: boolean, kept: Kept): void {
    const start = floor(at, minute);
    addSamples(bucketAt(this.minutes, start), samples);
    addSamples(bucketAt(this.shorts, isShort ? floor(at, short) : start), samples);
    if (start > this.newest) {
      this.newest = start;
      forget(this.minutes, at - kept.keptMinutes);
      forget(this.shorts, at - kept.keptShort);
    }
  }

  /** Start of the newest minute that has a sample. */
  get lastMinute(): number {
    return this.newest;
  }

  /**
   * Everything from `start` (inclusive) for `period` milliseconds; undefined when there is nothing. `until` cuts off
   * what cannot be read yet.
   */
  over(start: number, period: number, until = Infinity): Bucket | undefined {
    const [buckets, step] = period < minute ? [this.shorts, short] : [this.minutes, minute];
    if (buckets.size === 0) return undefined;
    let found: Bucket | undefined;
    for (let at = start; at < start + period && at < until; at += step) {
      const bucket = buckets.get(at);
      if (bucket) mergeBucket((found ??= emptyBucket()), bucket);
    }
    return found;
  }
}

/** The start of the period that a time is in. */
export const floor = (at: number, period: number): number => Math.floor(at / period) * period;

function bucketAt(buckets: Map<number, Bucket>, start: number): Bucket {
  let bucket = buckets.get(start);
  if (!bucket) buckets.set(start, (bucket = emptyBucket()));
  return bucket;
}

/** Buckets come nearly in order, so the oldest are in front; what came late goes a little later. */
function forget(buckets: Map<number, Bucket>, before: number): void {
  for (const start of buckets.keys()) {
    if (start >= before) return;
    buckets.delete(start);
  }
}
