import { accountOf } from "../front/credential";
import { ask } from "./control-client";
import type { EnvironmentChange } from "./environment";
import { pluginEnvironment } from "./plugin-environment";
import { readRecord } from "./record";

/** The engine's own variable: providers that run already, as `aws:40001,random:40002`. */
const runningProviders = "PULUMI_DEBUG_PROVIDERS";

/**
 * Tells an engine with this environment where the sandbox's providers run. Nothing when the environment is not a
 * sandbox's, names providers itself, or nobody answers: then the engine starts its own, as plain `pulumi` does.
 *
 * @param recordFile of the sandbox of this project; asked for where there is one
 */
export async function residentEnvironment(
  recordFile: () => string,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<EnvironmentChange> {
  const isSandbox = accountOf(env["AWS_ACCESS_KEY_ID"] ?? "") !== undefined && env["AWS_ENDPOINT_URL"] !== undefined;
  if (!isSandbox || env[runningProviders] !== undefined) return {};
  const record = await readRecord(recordFile());
  const ports = record && (await ask(record, "POST", "plugins", pluginEnvironment.parse(env)).catch(() => undefined));
  if (ports === undefined) return {};
  const list = Object.entries(ports).map(([name, port]) => `${name}:${String(port)}`);
  return { [runningProviders]: list.join(",") };
}
