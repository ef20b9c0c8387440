import { slots } from "../../infra/releases";
import type { StackConfig } from "../../infra/config/schema";
import { slotNames } from "../../infra/service/slots";
import type { Context } from "../context";
import type { Change } from "../model/change";
import { serviceType } from "../model/release/image-difference";
import { isMovedByRelease } from "../model/release/release-rules";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { watched } from "../ports/watched";
import { changeData, changeTable, pending } from "./changes";
import { runOptions, type RunOptions } from "./run-options";

/** The count of a service that scales by itself is nobody's to declare. */
function isScaled({ type, name, diffs }: Change, { services }: Pick<StackConfig, "services">): boolean {
  if (type !== serviceType || diffs.length !== 1 || diffs[0] !== "desiredCount") return false;
  return Object.entries(services).some(
    ([service, { autoscaling }]) =>
      autoscaling !== undefined && slots.some((slot) => slotNames(service, slot).service === name),
  );
}

/** Nothing but how a listener or a rule splits traffic. */
const isSplit = (change: Change): boolean => change.type !== serviceType && isMovedByRelease(change);

/**
 * Looks for what was changed behind the stack's back. Neither the cloud nor the state is touched.
 *
 * @returns exit code 5 when there is drift: the look succeeded and the environment is not as it should be, which a
 *   script must be able to tell from a look that failed (1)
 */
export async function drift(
  { engine, output, stack, config }: Pick<Context, "engine" | "output" | "stack" | "config">,
  options: Pick<RunOptions, "layer">,
): Promise<Report> {
  const result = await watched(
    output,
    `Comparison of ${stack} with the cloud`,
    (onProgress) => engine.refresh({ ...runOptions(options), previewOnly: true, onProgress }),
    "preview",
  );
  const found = pending(result.changes).filter((change) => !isScaled(change, config));
  const data = { drift: found.map(changeData), durationMs: result.durationMs };
  if (found.length === 0) return { summary: `${stack} is as the stack left it.`, data };
  const split = found.filter(isSplit);
  const ways = [
    ...(split.length < found.length ? [`  slipway up ${stack} --refresh       to put it back`] : []),
    // No `up` touches weights: they are the releases' own.
    ...(split.length > 0 ? [`  slipway restart ${stack} <service>  to put weights back`] : []),
    `  slipway refresh ${stack}            to take it over into the state`,
  ];
  return {
    summary: [
      `${found.length} resource(s) were changed elsewhere.`,
      changeTable(found),
      ["Next:", ...ways].join("\n"),
    ].join("\n\n"),
    data,
    exitCode: exitCodes.unhealthy,
  };
}
