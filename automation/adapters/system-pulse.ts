import type { Pulse } from "../ports/pulse";

/** The machine's own timer. */
export const systemPulse: Pulse = {
  every(ms, beat) {
    const timer = setInterval(beat, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
