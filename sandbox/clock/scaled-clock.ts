import type { SandboxClock, Timer } from "../model/clock";
import { type Due, DueList } from "./due-list";
import { longestTimeoutMs, realTime, type RealTime } from "./real-time";

/** How sandbox time follows from real time: `sandboxAt + (real now - realAt) * speed`. */
export interface ClockMapping {
  /** ISO. */
  readonly sandboxAt: string;
  /** ISO; the same moment. */
  readonly realAt: string;
  readonly speed: number;
}

/** The sandbox's clock, and what moves it. */
export interface ScaledClock extends SandboxClock {
  /** Seconds of the sandbox in one real second; 0 while it stands still. */
  readonly speed: number;
  /** From now on; 0 lets it stand still. @throws RangeError for what is no speed */
  setSpeed(speed: number): void;
  /**
   * Lets this much of the sandbox's time pass at once. All that falls due is done at its own time and in order, together
   * with what that sets off; each gets a moment of real time to finish before the next. Steps are done one after another.
   */
  step(ms: number): Promise<void>;
  /** For those who keep the same time in another process. Changes with speed and steps. */
  mapping(): ClockMapping;
}

interface ScaledClockOptions {
  readonly speed: number;
  /** Takes what is thrown by work. */
  readonly log: (text: string) => void;
  /** @default the machine's */
  readonly time?: RealTime;
}

/** How long a step waits for work that waits for something itself (moto answers within that); it may wait for this very clock. */
const workMs = 25;

/**
 * A clock that begins at real time and runs `speed` times as fast.
 *
 * Work that is late (the machine was busy, or slept) is done as soon as possible, in order. Work of `every` is done once
 * then, however many rounds it missed, and goes on in its old rhythm.
 */
export function scaledClock({ speed: first, log, time = realTime() }: ScaledClockOptions): ScaledClock {
  const due = new DueList();
  let speed = checked(first);
  let realAt = time.now();
  let sandboxAt = realAt;
  let isStepping = false;
  let steps = Promise.resolve();
  let alarm: { cancel(): void } | undefined;

  /** Time stands still within a step but for the step itself. */
  const nowMs = (): number => (isStepping ? sandboxAt : sandboxAt + (time.now() - realAt) * speed);

  const rebase = (at: number): void => {
    sandboxAt = at;
    realAt = time.now();
  };

  const arm = (): void => {
    alarm?.cancel();
    alarm = undefined;
    const next = due.first();
    if (!next || speed === 0 || isStepping) return;
    const realMs = Math.ceil((next.at - nowMs()) / speed);
    alarm = time.wakeIn(Math.min(Math.max(realMs, 0), longestTimeoutMs), wake);
  };

  const wake = (): void => {
    // Taken out first: work that asks for more work at once must not keep everything else from its turn.
    const ready = due.takeUntil(nowMs());
    for (const entry of ready) again(entry, nowMs());
    for (const entry of ready) void run(entry);
    arm();
  };

  /** Puts work of `every` in again, for its first round that is still to come. */
  const again = (entry: Due, now: number): void => {
    if (entry.everyMs === undefined) return;
    const missed = Math.floor((now - entry.at) / entry.everyMs);
    entry.at += (missed + 1) * entry.everyMs;
    due.add(entry);
  };

  const cancelled = new WeakSet<Due>();

  const run = async (entry: Due): Promise<void> => {
    if (entry.isRunning || cancelled.has(entry)) return;
    try {
      const going = entry.work();
      // Work that is done already must not keep its next round away until this promise is settled.
      if (going === undefined) return;
      entry.isRunning = true;
      await going;
    } catch (error) {
      log(`the clock's work failed: ${error instanceof Error ? error.stack : String(error)}`);
    } finally {
      entry.isRunning = false;
    }
  };

  const add = (ms: number, everyMs: number | undefined, work: () => void | Promise<void>): Timer => {
    const entry: Due = { at: nowMs() + Math.max(ms, 0), everyMs, work, isRunning: false };
    due.add(entry);
    if (due.first() === entry) arm();
    return {
      cancel: () => {
        cancelled.add(entry);
        due.remove(entry);
      },
    };
  };

  const stepNow = async (ms: number): Promise<void> => {
    rebase(nowMs());
    isStepping = true;
    arm();
    const end = sandboxAt + ms;
    await time.breath();
    for (let next = due.first(); next && next.at <= end; next = due.first()) {
      due.remove(next);
      sandboxAt = Math.max(sandboxAt, next.at);
      again(next, next.at);
      await settledOrLate(run(next), time);
      await time.breath();
    }
    isStepping = false;
    rebase(end);
    arm();
  };

  return {
    get speed() {
      return speed;
    },
    now: () => new Date(nowMs()),
    after: (ms, work) => add(whole(ms), undefined, work),
    every: (ms, work) => add(whole(ms), Math.max(whole(ms), 1), work),
    setSpeed(wanted) {
      const next = checked(wanted);
      rebase(nowMs());
      speed = next;
      arm();
    },
    step(ms) {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`A step of ${ms} ms cannot be made.`);
      steps = steps.then(async () => stepNow(ms));
      return steps;
    },
    mapping: () => ({
      sandboxAt: new Date(nowMs()).toISOString(),
      realAt: new Date(time.now()).toISOString(),
      speed: isStepping ? 0 : speed,
    }),
  };
}

function checked(speed: number): number {
  if (!(speed >= 0 && Number.isFinite(speed))) throw new RangeError(`${speed} is no speed of a clock: 0 or more.`);
  return speed;
}

/** A time that is no number would be due never, or always. */
function whole(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError(`The clock cannot wait ${ms} ms.`);
  return ms;
}

async function settledOrLate(work: Promise<void>, time: RealTime): Promise<void> {
  let alarm: { cancel(): void } | undefined;
  const late = new Promise<void>((resolve) => (alarm = time.wakeIn(workMs, resolve)));
  await Promise.race([work, late]);
  alarm?.cancel();
}
