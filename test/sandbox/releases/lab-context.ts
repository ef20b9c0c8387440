import { quietOutput } from "../../../automation/adapters/quiet-output";
import { systemClock } from "../../../automation/adapters/system-clock";
import type { Context } from "../../../automation/context";
import { openContext } from "../../../automation/wiring";
import { driverClock, type TimeToldBySandbox } from "../../../sandbox/session/driver-clock";

/** What a process has to know to drive a lab. */
export interface LabPlace {
  readonly stack: string;
  readonly folder: string;
  /** `http://127.0.0.1:<port>` of the sandbox. */
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A driver of a lab with real ports, in the time of its cloud. */
export async function labContext({ stack, folder, endpoint, env }: LabPlace): Promise<Context> {
  const proxied = { ...env, HTTP_PROXY: endpoint, HTTPS_PROXY: endpoint, NO_PROXY: "127.0.0.1,localhost" };
  const clock = await driverClock({
    time: async () => (await (await fetch(`${endpoint}/_slipway/clock`)).json()) as TimeToldBySandbox,
    realNow: () => performance.now(),
    wait: (ms, signal) => systemClock.sleep(ms, signal),
  });
  return { ...(await openContext({ stack, folder, env: proxied, output: quietOutput })), clock };
}
