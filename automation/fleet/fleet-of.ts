import type { StackConfig } from "../../infra/config/schema";
import type { Fleet } from "../model/fleet/fleet";
import { exitCodes, SlipwayError, usageError } from "../model/errors";
import type { InstanceView } from "../ports/instances";
import type { Context } from "../context";

/** @throws SlipwayError `usage` (exit 2) for a component that is no fleet */
export function fleetOf(config: Pick<StackConfig, "fleets">, component: string): Fleet {
  const fleet = Object.hasOwn(config.fleets, component) ? config.fleets[component] : undefined;
  if (fleet !== undefined) return fleet;
  const names = Object.keys(config.fleets);
  throw usageError(
    `\`${component}\` is no component of \`slipway:fleets\`.`,
    names.length === 0 ? "None is configured there: see docs/fleet.md." : `Choose of: ${names.join(", ")}.`,
  );
}

/**
 * Instances of a fleet that all run.
 *
 * @throws SlipwayError `fleet-not-running` (exit 3)
 */
export async function runningInstances(
  { instances, config, stack }: Pick<Context, "instances" | "config" | "stack">,
  component: string,
): Promise<readonly InstanceView[]> {
  const found = await instances.describe(component, fleetOf(config, component));
  const stopped = found.filter(({ state }) => state !== "running");
  if (found.length > 0 && stopped.length === 0) return found;
  throw new SlipwayError({
    code: "fleet-not-running",
    exitCode: exitCodes.blocked,
    message:
      found.length === 0
        ? `The fleet ${component} of ${stack} has no running instance.`
        : `Of the fleet ${component} of ${stack} not all run: ${stopped.map(({ id, state }) => `${id} is ${state}`).join(", ")}.`,
    remedy: "Nothing was changed. Start them, or take them out of `slipway:fleets`.",
  });
}
