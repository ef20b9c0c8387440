import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { SandboxPaths } from "./paths";
import { readRecord, type SessionRecord } from "./record";
import { liveRecord } from "./start";

/** The sandbox of this project. @throws SlipwayError `sandbox-not-running` (exit 5) when there is none */
export async function runningSandbox(paths: SandboxPaths): Promise<SessionRecord> {
  const record = await liveRecord(paths);
  if (record) return record;
  throw new SlipwayError({
    code: "sandbox-not-running",
    exitCode: exitCodes.unhealthy,
    message: (await readRecord(paths.record))
      ? `The sandbox has ended without being asked to; its log is ${paths.log}.`
      : "The sandbox is not running.",
    remedy: "`slipway sandbox start` starts it; `slipway up <stack> --sandbox` does so, too, and deploys into it.",
  });
}
