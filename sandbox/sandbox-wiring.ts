import type { Context } from "../automation/context";
import type { Wiring } from "../automation/main";
import { sayOnStderr } from "./say";
import { here } from "./commands/here";

/** `--sandbox`, on every command. */
export const sandboxOption = {
  sandbox: {
    type: "boolean",
    default: false,
    describe: "Against the AWS of this machine; starts it when it is not running",
  },
} as const;

/**
 * The driver's own wiring, with a sandbox before it where `--sandbox` is given: it is made ready, `env` is changed, and
 * from there on the driver works as it always does, in the time of its cloud.
 *
 * @param env the environment that clients and engine read
 */
export function sandboxWiring(driver: Wiring, env: NodeJS.ProcessEnv): Wiring {
  return {
    output: (values) => driver.output(values),
    async context(stack, values, output) {
      if (values["sandbox"] !== true) return withProviders(env, driver.context(stack, values, output));
      const { openStack } = await import("./session/open-stack");
      const { applyEnvironment, proxyEnvironment } = await import("./session/environment");
      const opened = await openStack(here(), stack, env, sayOnStderr);
      applyEnvironment(env, { ...opened.change, ...proxyEnvironment(opened) });
      const openPeer = async (peer: string): Promise<Context> => {
        // The variables name a stack, so the other one has an environment of its own.
        const [{ openContext }, peerEnv] = [await import("../automation/wiring"), { ...env }];
        const other = await openStack(here(), peer, peerEnv, sayOnStderr);
        applyEnvironment(peerEnv, { ...other.change, ...proxyEnvironment(other) });
        const opening = openContext({ stack: peer, env: peerEnv, folder: here().project, output });
        return { ...(await withProviders(peerEnv, opening)), clock: other.clock };
      };
      const context = await withProviders(env, driver.context(stack, values, output));
      return { ...context, clock: opened.clock, openPeer };
    },
  };
}

/** Nothing has been started yet where a context is made, so its engine will find the providers in the environment. */
async function withProviders(env: NodeJS.ProcessEnv, opening: Promise<Context>): Promise<Context> {
  const named = async (): Promise<void> => {
    const { residentEnvironment } = await import("./session/resident-environment");
    const { applyEnvironment } = await import("./session/environment");
    applyEnvironment(env, await residentEnvironment(() => here().record, env));
  };
  const [context] = await Promise.all([opening, named()]);
  return context;
}
