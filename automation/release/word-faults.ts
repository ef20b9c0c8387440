import { describeFaults } from "../../infra/config/check";
import type { Fault } from "../../infra/config/fault";
import { exitCodes, SlipwayError } from "../model/errors";

/** Everything that is wrong with the words of one command, in the form of a configuration's faults. */
export const wordFaults = (faults: readonly Fault[]): SlipwayError =>
  new SlipwayError({
    code: "usage",
    exitCode: exitCodes.usage,
    message: describeFaults(faults, "The command"),
    remedy: "Nothing was changed. See `slipway release --help` and docs/releases.md.",
    data: { faults },
  });
