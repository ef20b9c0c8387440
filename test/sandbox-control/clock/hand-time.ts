import type { RealTime } from "../../../sandbox/clock/real-time";

/** When the tests begin. */
export const start = Date.parse("2026-01-01T00:00:00Z");

/** Real time that passes when a test says so. */
export class HandTime implements RealTime {
  private at = start;
  private wanted: { readonly at: number; readonly wake: () => void }[] = [];
  /** Every time that was asked for. */
  readonly asked: number[] = [];

  now(): number {
    return this.at;
  }

  wakeIn(ms: number, wake: () => void): { cancel(): void } {
    this.asked.push(ms);
    const entry = { at: this.at + ms, wake };
    this.wanted.push(entry);
    return { cancel: () => void (this.wanted = this.wanted.filter((other) => other !== entry)) };
  }

  async breath(): Promise<void> {
    for (let round = 0; round < 2; round++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Wakes everybody at his time. */
  pass(ms: number): void {
    const end = this.at + ms;
    for (let next = this.next(end); next; next = this.next(end)) {
      this.at = Math.max(this.at, next.at);
      this.wanted = this.wanted.filter((other) => other !== next);
      next.wake();
    }
    this.at = end;
  }

  /** The machine sleeps: nobody is woken before the end. */
  sleep(ms: number): void {
    this.at += ms;
    this.pass(0);
  }

  private next(end: number): { readonly at: number; readonly wake: () => void } | undefined {
    return this.wanted.filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0];
  }
}
