import { systemClock } from "../../automation/adapters/system-clock";
import type { Clock } from "../../automation/ports/clock";
import type { Say } from "../say";
import { ask } from "./control-client";
import { driverClock, type TimeToldBySandbox } from "./driver-clock";
import { putEngineOnPath } from "./engine-on-path";
import { applyEnvironment, sandboxEnvironment, type EnvironmentChange } from "./environment";
import type { SandboxPaths } from "./paths";
import { writePlugins } from "./plugins";
import { seedsOf } from "./seeds";
import { readStackConfig } from "./stack-config";
import { setUpStack } from "./stack-setup";
import { speedOf } from "./speed";
import { startSandbox } from "./start";

export interface OpenedStack {
  /** What has to change in the environment so that everything goes to the sandbox. */
  readonly change: EnvironmentChange;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string;
  /** The cloud's time, for the driver. */
  readonly clock: Clock;
}

/**
 * Makes the sandbox ready for one stack, whatever is missing: Python, AWS, engine, plugins, the stack itself.
 *
 * @param env the environment as it is; it is not changed
 * @throws SlipwayError when the stack file has faults, before anything is started
 */
export async function openStack(
  paths: SandboxPaths,
  stack: string,
  env: Readonly<NodeJS.ProcessEnv>,
  say: Say,
): Promise<OpenedStack> {
  const file = await readStackConfig(paths.project, stack);
  await putEngineOnPath(paths, env, say);
  await writePlugins(paths.pulumiHome, paths.package);
  const { record } = await startSandbox(paths, say, speedOf(undefined, env));

  const account = file.config.account.id;
  const change = sandboxEnvironment({ paths, port: record.port, account, region: file.region, stack, env });
  const sandboxEnv = { ...env };
  applyEnvironment(sandboxEnv, change);
  await ask(record, "POST", "seed", seedsOf(file.config, file.region));
  await setUpStack({ paths, file, env: sandboxEnv, say });
  const clock = await driverClock({
    time: async () => (await ask(record, "GET", "clock")) as unknown as TimeToldBySandbox,
    realNow: () => performance.now(),
    wait: (ms, signal) => systemClock.sleep(ms, signal),
  });
  return { change, account, region: file.region, endpoint: `http://127.0.0.1:${record.port}`, clock };
}
