import { exitCodes, SlipwayError } from "../errors";
import type { Journal } from "./journal";

/** Refuses what can only come after the end of a release: code `release-open`, exit 3. */
export const releaseOpen = ({ id, stack, startedAt, plan, request: { by } }: Journal): SlipwayError =>
  new SlipwayError({
    code: "release-open",
    exitCode: exitCodes.blocked,
    message:
      `The release ${id} of ${plan.service} in ${stack} (${plan.from.version} -> ${plan.to.version}), ` +
      `begun at ${startedAt} by ${by.user}@${by.host}, is not over.`,
    remedy: `Nothing was changed. Finish it first: \`slipway release resume ${stack} ${plan.service}\` goes on, \`slipway release abort ${stack} ${plan.service}\` goes back.`,
    data: { release: id, service: plan.service },
  });
