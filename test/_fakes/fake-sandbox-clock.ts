import type { SandboxClock, Timer } from "../../sandbox/model/clock";

interface Due {
  at: number;
  readonly order: number;
  readonly everyMs: number | undefined;
  readonly work: () => void | Promise<void>;
}

/** Time that stands still until a test lets it pass. */
export class FakeSandboxClock implements SandboxClock {
  private time: number;
  private count = 0;
  private readonly due = new Set<Due>();

  constructor(start = "2026-01-01T00:00:00Z") {
    this.time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, work: () => void | Promise<void>): Timer {
    return this.add(ms, undefined, work);
  }

  every(ms: number, work: () => void | Promise<void>): Timer {
    return this.add(ms, ms, work);
  }

  /** Lets time pass; everything that falls due is done in order, with what it sets off in between. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.time = Math.max(this.time, next.at);
      if (next.everyMs === undefined) this.due.delete(next);
      else next.at += next.everyMs;
      // Not awaited: work may itself wait for this clock.
      void next.work();
      await settled();
    }
    this.time = end;
    await settled();
  }

  private add(ms: number, everyMs: number | undefined, work: () => void | Promise<void>): Timer {
    const entry: Due = { at: this.time + ms, order: this.count++, everyMs, work };
    this.due.add(entry);
    return { cancel: () => void this.due.delete(entry) };
  }

  private next(end: number): Due | undefined {
    return [...this.due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** Promises that are settled already run on, several layers of them. */
async function settled(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
}
