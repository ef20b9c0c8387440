import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";

/**
 * A release that somebody has left open is finished first, forwards or backwards. Whoever holds its lock has it in
 * hand, so this is asked under the lock only.
 *
 * @throws SlipwayError `release-open` (exit 3)
 */
export async function refuseOpen(
  { journals, stack }: Pick<Context, "journals" | "stack">,
  services: readonly string[],
): Promise<void> {
  for (const service of services) {
    const found = await journals.open(service);
    if (found === undefined) continue;
    const { id, startedAt, plan } = found.journal;
    throw new SlipwayError({
      code: "release-open",
      exitCode: exitCodes.blocked,
      message: `A release of ${service} is not finished: ${plan.from.version} -> ${plan.to.version}, begun ${startedAt} (${id}). Nothing was changed.`,
      remedy: `\`slipway release resume ${stack} ${service}\` goes on with it, \`slipway release abort ${stack} ${service}\` goes back.`,
      data: { service, release: id },
    });
  }
}
