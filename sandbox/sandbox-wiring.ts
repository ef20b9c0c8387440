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
      const { applyEnvironment } = await import("./session/environment");
      const { change, clock } = await openStack(here(), stack, env, sayOnStderr);
      applyEnvironment(env, change);
      return { ...(await driver.context(stack, values, output)), clock };
    },
  };
}
