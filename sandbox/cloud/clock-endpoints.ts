import { z } from "zod";
import type { ScaledClock } from "../clock/scaled-clock";
import type { ControlEndpoint } from "../front/control";
import type { Moto } from "../model/moto";

/** A step is work for as long as its timers need; a longer one is asked for in several, which others come between. */
const longestStepMs = 24 * 3_600_000;

const change = z.object({
  speed: z.number().min(0).optional(),
  stepMs: z.number().min(0).max(longestStepMs).optional(),
});

/** `GET clock` tells the time; `POST clock {speed?, stepMs?}` changes how fast it goes, or lets some of it pass. */
export const clockEndpoints = (clock: ScaledClock, moto: Pick<Moto, "door">): Record<string, ControlEndpoint> => {
  const told = () => ({ now: clock.now().toISOString(), speed: clock.speed });
  return {
    "GET clock": { kind: "answer", answer: told },
    "POST clock": {
      kind: "answer",
      async answer(body) {
        const { speed, stepMs } = change.parse(body ?? {});
        if (speed !== undefined) clock.setSpeed(speed);
        if (stepMs !== undefined) await clock.step(stepMs);
        await tellTime(clock, moto);
        return told();
      },
    },
  };
};

/** moto keeps the same time, in its own process. */
export const tellTime = async (clock: ScaledClock, moto: Pick<Moto, "door">): Promise<unknown> =>
  moto.door("/slipway/clock", clock.mapping());
