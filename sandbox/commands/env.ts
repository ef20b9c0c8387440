import { defineCommand } from "../../automation/commands/command";
import { sayOnStderr } from "../say";
import { shellExports } from "../session/shell-exports";
import { here } from "./here";

export const envCommand = defineCommand({
  name: "sandbox env",
  summary: "Print what a shell must set so that plain pulumi and any AWS client use the sandbox",
  effect: "read",
  needs: "nothing",
  options: {
    stack: { type: "string", positional: true, describe: "Environment to be; needed when there are several" },
  },
  async run(_context, { stack }) {
    const { openStack } = await import("../session/open-stack");
    const { onlyStack } = await import("../session/stack-scope");
    const paths = here();
    const { change, account, region, endpoint } = await openStack(
      paths,
      stack ?? (await onlyStack(paths.project, "For example `slipway sandbox env staging`.")),
      process.env,
      sayOnStderr,
    );
    const entries = Object.entries(change);
    return {
      summary: shellExports(change),
      data: {
        account,
        region,
        endpoint,
        environment: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
        unset: entries.filter(([, value]) => value === undefined).map(([name]) => name),
      },
    };
  },
});
