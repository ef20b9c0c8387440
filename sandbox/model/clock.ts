/**
 * The sandbox's time. What AWS does between requests (starting tasks, checking health, periods of alarms, delays) runs
 * on it, and every date that AWS tells comes from it. What happens within one request (latency, timeouts of sockets)
 * is real time.
 */
export interface SandboxClock {
  now(): Date;
  /** Does `work` once, `ms` of the sandbox's time from now. What `work` throws or rejects with is logged, never lost. */
  after(ms: number, work: () => void | Promise<void>): Timer;
  /** Does `work` again and again; a round that is still going when the next is due is not doubled. */
  every(ms: number, work: () => void | Promise<void>): Timer;
}

export interface Timer {
  cancel(): void;
}
