import type { Outcome } from "./outcome";
import { Tally, type SecondReport, type TallyReport } from "./tally";

/** Where requests go. */
export interface LoadTarget {
  /** `https://127.0.0.1:41234` */
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LoadOptions {
  /** Taken in turns. At least one. */
  readonly targets: readonly LoadTarget[];
  /** Requests a second. */
  readonly rps: number;
  readonly durationMs: number;
}

/** What a run reaches the world through; `loadPorts` gives the real ones. */
export interface LoadPorts {
  /** Milliseconds of a clock that only goes forwards. */
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => void;
  /** Sends one request; `done` is called exactly once. */
  readonly send: (target: LoadTarget, done: (outcome: Outcome) => void) => void;
  /** Target group of a task. @default no task's is known */
  readonly groupOf?: (task: string) => string | undefined;
  /** Told every second how the second before it went, as far as its answers are there. */
  readonly onSecond?: (second: SecondReport, inFlight: number) => void;
  /** Nothing new is sent any more; what is on its way is waited for. */
  readonly stop?: AbortSignal;
}

export interface LoadReport extends TallyReport {
  readonly rps: number;
  /** How long requests were sent. */
  readonly durationMs: number;
  /** How much later than due a request was sent at worst: when it is large, the generator itself was too slow. */
  readonly maxLagMs: number;
}

/**
 * Sends requests on schedule, whatever becomes of them (an open loop), and counts what does. A slow or silent service is
 * not spared: requests go on coming, and each one's latency counts from the moment it was due, so that a pause shows in
 * all the requests that fell into it (no coordinated omission).
 */
export async function runLoad(
  { targets, rps, durationMs }: LoadOptions,
  { now, after, send, groupOf, onSecond, stop }: LoadPorts,
): Promise<LoadReport> {
  const tally = new Tally();
  const total = Math.max(1, Math.round((rps * durationMs) / 1000));
  const dueAt = (index: number): number => (index * 1000) / rps;
  const start = now();
  let next = 0;
  let inFlight = 0;
  let maxLagMs = 0;
  let endMs = durationMs;

  const sendOne = (index: number): void => {
    const due = dueAt(index);
    maxLagMs = Math.max(maxLagMs, now() - start - due);
    tally.addSent(due);
    inFlight += 1;
    // The turn comes round by index, so every target gets its share even when some are slow.
    send(targets[index % targets.length] as LoadTarget, (outcome) => {
      inFlight -= 1;
      tally.add(outcome, due, now() - start);
      finishWhenDone();
    });
  };

  let isOver = false;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const finishWhenDone = (): void => {
    if (next < total || inFlight > 0) return;
    isOver = true;
    finish();
  };

  const tick = (): void => {
    if (stop?.aborted && next < total) {
      endMs = now() - start;
      next = total;
    }
    while (next < total && dueAt(next) <= now() - start) sendOne(next++);
    if (next < total) after(Math.max(1, dueAt(next) - (now() - start)), tick);
    else finishWhenDone();
  };
  stop?.addEventListener("abort", tick, { once: true });

  let told = 0;
  const tell = (): void => {
    if (isOver) return;
    const second = tally.second(told++);
    if (second) onSecond?.(second, inFlight);
    after(Math.max(1, start + (told + 1) * 1000 - now()), tell);
  };
  if (onSecond) after(1000, tell);

  tick();
  await finished;
  stop?.removeEventListener("abort", tick);
  return {
    rps,
    durationMs: Math.round(endMs),
    maxLagMs: Math.round(maxLagMs * 10) / 10,
    ...tally.report((task) => groupOf?.(task)),
  };
}
