import { parseDuration } from "../model/duration";

/** Longer than most runs of a whole environment; a job in CI has an end of its own. */
const usualWait = "10m";

/**
 * How long to wait for the lock.
 *
 * @param given what stands after `--wait-for-lock`; nothing may stand there
 * @throws SlipwayError `usage` (exit 2)
 */
export const waitForLockMs = (given: string | undefined): number =>
  given === undefined ? 0 : parseDuration(given === "" ? usualWait : given, "--wait-for-lock");
