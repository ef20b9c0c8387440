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
      if (values["sandbox"] !== true) return driver.context(stack, values, output);
      const { openStack } = await import("./session/open-stack");
      const { applyEnvironment, proxyEnvironment } = await import("./session/environment");
      const opened = await openStack(here(), stack, env, sayOnStderr);
      applyEnvironment(env, { ...opened.change, ...proxyEnvironment(opened) });
      const openPeer = async (peer: string): Promise<Context> => {
        // The variables name a stack, so the other one has an environment of its own.
        const [{ openContext }, peerEnv] = [await import("../automation/wiring"), { ...env }];
        const other = await openStack(here(), peer, peerEnv, sayOnStderr);
        applyEnvironment(peerEnv, { ...other.change, ...proxyEnvironment(other) });
        const context = await openContext({ stack: peer, env: peerEnv, folder: here().project, output });
        return { ...context, clock: other.clock };
      };
      return { ...(await driver.context(stack, values, output)), clock: opened.clock, openPeer };
    },
  };
}
