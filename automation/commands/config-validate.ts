import { defineCommand } from "./command";

export const configValidateCommand = defineCommand({
  name: "config validate",
  summary: "Check the stack's configuration and list every fault: exit 2 when there is one",
  effect: "read",
  needs: "stack",
  options: {},
  /** The configuration of a command's stack has been checked before the command runs. */
  async run({ stack, config }) {
    const { system, environment, account } = config;
    return {
      summary: `Pulumi.${stack}.yaml is valid: ${system} ${environment} in account ${account.id}.`,
      data: { stack, faults: [] },
    };
  },
});
