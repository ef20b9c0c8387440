import { usageError } from "../../automation/model/errors";

/**
 * What takes minutes on AWS should take seconds here: at this speed a task starts in a second, a new database in ten,
 * and a minute of metrics passes in three.
 */
const defaultSpeed = 20;

/** Beyond this a health check every 5 seconds is one every 5 milliseconds, and nothing else gets its turn. */
const fastest = 1_000;

/** Where the speed of a sandbox that a command starts by the way is set. */
const variable = "SLIPWAY_SANDBOX_SPEED";

/**
 * Seconds of the sandbox's clock for one second: as asked for, or as the environment says, or 20.
 *
 * @throws SlipwayError `usage` (exit 2)
 */
export function speedOf(asked: number | undefined, env: Readonly<NodeJS.ProcessEnv>): number {
  const written = env[variable];
  if (asked !== undefined) return checked(asked, "--speed", String(asked));
  return written === undefined || written === "" ? defaultSpeed : checked(Number(written), variable, written);
}

function checked(speed: number, name: string, found: string): number {
  if (speed >= 0 && speed <= fastest) return speed;
  throw usageError(
    `${name} is \`${found}\`: it must be a number from 0 to ${fastest}.`,
    "20 is the default, 1 is as on AWS.",
  );
}
