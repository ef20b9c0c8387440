/** Durations with how often each occurred; rounded, so that a busy second stays small. */
export class Histogram {
  private readonly counts = new Map<number, number>();
  private sum = 0;

  get total(): number {
    return this.sum;
  }

  /** @param ms duration in milliseconds */
  add(ms: number): void {
    const rounded = round(ms);
    this.counts.set(rounded, (this.counts.get(rounded) ?? 0) + 1);
    this.sum++;
  }

  /** Milliseconds and how often, shortest first. */
  entries(): readonly (readonly [number, number])[] {
    return [...this.counts].sort(([one], [other]) => one - other);
  }

  /** The smallest duration that this share of all does not exceed, in milliseconds; undefined without any. */
  percentile(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(this.sum * share));
    for (const [ms, count] of this.entries()) {
      left -= count;
      if (left <= 0) return ms;
    }
    return undefined;
  }
}

/** Two significant places at least, tenths of a millisecond at most. */
function round(ms: number): number {
  if (ms < 10) return Math.max(0.1, Math.round(ms * 10) / 10);
  if (ms < 100) return Math.round(ms);
  return ms < 1000 ? Math.round(ms / 10) * 10 : Math.round(ms / 100) * 100;
}
