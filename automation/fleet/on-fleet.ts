import type { Context } from "../context";

/** Runs over a fleet exclude each other; the stack itself is not touched, and can be changed meanwhile. */
export const onFleet = <C extends Pick<Context, "serviceLock">>(
  context: C,
  component: string,
): C & Pick<Context, "lock"> => ({
  ...context,
  lock: context.serviceLock(`fleet-${component}`),
});
