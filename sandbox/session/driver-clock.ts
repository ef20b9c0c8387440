import type { Clock } from "../../automation/ports/clock";

/** The sandbox's time as it is told, and how fast it goes. */
export interface TimeToldBySandbox {
  /** ISO. */
  readonly now: string;
  /** Seconds of the sandbox for one second. */
  readonly speed: number;
}

export interface DriverClockPorts {
  /** Asks the sandbox. */
  readonly time: () => Promise<TimeToldBySandbox>;
  /** Milliseconds of real time, from whenever. */
  readonly realNow: () => number;
  /** Real milliseconds; the signal ends it early. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The sandbox is asked again after so much real time at the latest: somebody may have changed its speed, or made a step. */
const longestWaitMs = 2_000;

/** Between two looks at a clock that stands still, or is about to reach the moment. */
const shortestWaitMs = 20;

/**
 * Lets the driver live in the time of its cloud: five minutes of watching an alarm are five minutes of the alarm's data,
 * however fast they pass.
 */
export async function driverClock({ time, realNow, wait }: DriverClockPorts): Promise<Clock> {
  let known = await look();

  async function look() {
    const { now, speed } = await time();
    return { at: Date.parse(now), speed, realAt: realNow() };
  }
  const nowMs = (): number => known.at + (realNow() - known.realAt) * known.speed;

  return {
    now: () => new Date(nowMs()),
    async sleep(ms, signal) {
      const end = nowMs() + ms;
      for (let left = ms; left > 0 && signal?.aborted !== true; left = end - nowMs()) {
        const realMs = known.speed === 0 ? longestWaitMs / 10 : left / known.speed;
        await wait(Math.min(Math.max(realMs, shortestWaitMs), longestWaitMs), signal);
        known = await look();
      }
    },
  };
}
