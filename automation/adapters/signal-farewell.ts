import type { Farewell } from "../ports/farewell";

const endings = ["SIGINT", "SIGTERM"] as const;

/** The part of the process that signals come from. */
export type SignalledProcess = Pick<NodeJS.Process, "on" | "off" | "listenerCount" | "kill" | "pid">;

/**
 * Does what is left to do on a signal that nobody else listens to, the last that was registered first, and then ends as
 * the signal would have.
 */
export function signalFarewell(own: SignalledProcess): Farewell {
  const lasts = new Set<() => Promise<void>>();
  const onSignal = (signal: NodeJS.Signals): void => {
    // The engine has its own way of ending; its command then ends by itself.
    if (own.listenerCount(signal) > 1) return;
    void doAll([...lasts].reverse()).finally(() => {
      stop();
      own.kill(own.pid, signal);
    });
  };
  const stop = (): void => endings.forEach((signal) => void own.off(signal, onSignal));
  return {
    before(last) {
      if (lasts.size === 0) endings.forEach((signal) => void own.on(signal, onSignal));
      // Its own each time: the same work can be left to do twice.
      const one = (): Promise<void> => last();
      lasts.add(one);
      return () => {
        lasts.delete(one);
        if (lasts.size === 0) stop();
      };
    },
  };
}

async function doAll(lasts: readonly (() => Promise<void>)[]): Promise<void> {
  for (const last of lasts) await last().catch(() => undefined);
}
