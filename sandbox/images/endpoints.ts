import type { ControlEndpoint } from "../front/control";
import type { Moto } from "../model/moto";

/** `POST image`: puts an image into a registry that nobody has built; `sandbox/emulator/doors/images.py` has the body. */
export const imageEndpoints = (moto: Pick<Moto, "door">): Readonly<Record<string, ControlEndpoint>> => ({
  "POST image": { kind: "answer", answer: async (body) => moto.door("/slipway/image", body ?? {}) },
});
