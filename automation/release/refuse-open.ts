import type { Context } from "../context";
import { releaseOpen } from "../model/release/release-open";

/**
 * A release that somebody has left open is finished first, forwards or backwards. Whoever holds its lock has it in
 * hand, so this is asked under the lock only.
 *
 * @throws SlipwayError `release-open` (exit 3)
 */
export async function refuseOpen({ journals }: Pick<Context, "journals">, services: readonly string[]): Promise<void> {
  for (const service of services) {
    const found = await journals.open(service);
    if (found !== undefined) throw releaseOpen(found.journal);
  }
}
