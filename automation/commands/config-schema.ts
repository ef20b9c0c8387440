import { defineCommand } from "./command";

export const configSchemaCommand = defineCommand({
  name: "config schema",
  summary: "Print the JSON Schema of a stack's configuration, for editors",
  effect: "read",
  needs: "nothing",
  options: {},
  async run() {
    // Loaded here only: help must not wait for it.
    const { stackFileSchema } = await import("../../infra/config/json-schema");
    const schema = stackFileSchema();
    return { summary: JSON.stringify(schema, null, 2), data: { schema } };
  },
});
