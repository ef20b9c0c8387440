import type { Clock } from "../../automation/ports/clock";

/** A clock that begins at 0 and moves only when somebody sleeps. */
export class FakeClock implements Clock {
  private ms = 0;

  now(): Date {
    return new Date(this.ms);
  }

  async sleep(ms: number): Promise<void> {
    this.ms += ms;
  }
}
