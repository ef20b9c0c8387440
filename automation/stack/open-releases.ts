import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import { describeOwner } from "../model/lease";
import { releaseOpen } from "../model/release/release-open";
import type { Lock, LockView } from "../ports/lock";

type OpenReleasesContext = Pick<Context, "stack" | "config" | "journals" | "serviceLock">;

/**
 * In the middle of a release counts and weights are not what the configuration says, so whoever brings the environment
 * in line with it would cut the release off. To be called under the stack's lock: no engine run of a release can come
 * in between then.
 *
 * @throws SlipwayError `release-locked` (exit 4) when one is under way, `release-open` (exit 3) when one was left behind
 */
export async function refuseOpenReleases({ stack, config, journals, serviceLock }: OpenReleasesContext): Promise<void> {
  const open = await journals.openServices();
  // One that is still looking whether it may begin has no journal, but its lock.
  const services = [...new Set([...open, ...Object.keys(config.services)])].sort();
  const views = await Promise.all(services.map((service) => holderOf(serviceLock(service))));
  for (const [index, service] of services.entries()) {
    const view = views[index];
    if (view !== undefined) throw runningError(stack, service, view);
  }
  const [left] = open;
  const journal = left === undefined ? undefined : (await journals.open(left))?.journal;
  if (journal !== undefined) throw releaseOpen(journal);
}

/** Who holds a lock and is alive; undefined when nobody does. An expired one is watched: only that shows. */
export async function holderOf(lock: Lock): Promise<LockView | undefined> {
  const view = await lock.look();
  const known = view?.standing === "suspect" ? await lock.look({ thorough: true }) : view;
  return known?.standing === "held" ? known : undefined;
}

const runningError = (stack: string, service: string, { owner, since, renewedAt }: LockView): SlipwayError =>
  new SlipwayError({
    code: "release-locked",
    exitCode: exitCodes.locked,
    message: `A release of ${service} in ${stack} is under way: \`slipway ${owner.command} ${stack}\` of ${describeOwner(owner)} since ${since}.`,
    remedy: `Nothing was changed. Wait for it: \`slipway release status ${stack} ${service}\` says where it is.`,
    data: { service, lock: { ...owner, since, renewedAt } },
  });
