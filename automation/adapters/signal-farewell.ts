import type { Farewell } from "../ports/farewell";

const endings = ["SIGINT", "SIGTERM"] as const;

/** The part of the process that signals come from. */
export type SignalledProcess = Pick<NodeJS.Process, "on" | "off" | "listenerCount" | "kill" | "pid">;

/** Does what is left to do on a signal that nobody else listens to, and then ends as the signal would have. */
export function signalFarewell(own: SignalledProcess): Farewell {
  return {
    before(last) {
      const onSignal = (signal: NodeJS.Signals): void => {
        // The engine has its own way of ending; its command then ends by itself.
        if (own.listenerCount(signal) > 1) return;
        void last()
          .catch(() => undefined)
          .finally(() => {
            stop();
            own.kill(own.pid, signal);
          });
      };
      const stop = (): void => endings.forEach((signal) => void own.off(signal, onSignal));
      endings.forEach((signal) => void own.on(signal, onSignal));
      return stop;
    },
  };
}
