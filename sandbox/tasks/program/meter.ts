/** Looks that an average is made of: with one every 5 s, the last minute. */
const kept = 12;

interface Look {
  readonly requests: number;
  readonly seconds: number;
}

/** Requests per second of real time over the last looks: programs do their work in real time. */
export class Meter {
  private requests = 0;
  private lastLook: number;
  private looks: readonly Look[] = [];

  /** @param realNow milliseconds of real time */
  constructor(private readonly realNow: () => number) {
    this.lastLook = realNow();
  }

  count(): void {
    this.requests++;
  }

  look(): void {
    const now = this.realNow();
    const seconds = (now - this.lastLook) / 1000;
    // Two looks in the same moment happen when the clock is moved on by hand: they belong together.
    if (seconds <= 0) return;
    this.looks = [...this.looks.slice(1 - kept), { requests: this.requests, seconds }];
    this.requests = 0;
    this.lastLook = now;
  }

  requestsPerSecond(): number {
    const seconds = this.looks.reduce((sum, one) => sum + one.seconds, 0);
    return seconds === 0 ? 0 : this.looks.reduce((sum, one) => sum + one.requests, 0) / seconds;
  }
}
