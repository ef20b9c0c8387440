/** Real time, as far as the sandbox's clock needs it; tests hand in their own. */
export interface RealTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `wake` once. @param ms at most `longestTimeoutMs` */
  wakeIn(ms: number, wake: () => void): { cancel(): void };
  /** Resolves when all that waits for nothing more has gone on. */
  breath(): Promise<void>;
}

/** node's timers fire at once for anything longer. */
export const longestTimeoutMs = 2 ** 31 - 1;

/** The machine's. It never goes back: what has happened in the sandbox must not be in its future. */
export function realTime(): RealTime {
  let latest = 0;
  return {
    now: () => (latest = Math.max(latest, Date.now())),
    wakeIn(ms, wake) {
      const timer = setTimeout(wake, ms);
      return { cancel: () => clearTimeout(timer) };
    },
    async breath() {
      for (let round = 0; round < 2; round++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
