import { stackConfigSchema, type StackConfig } from "../../infra/config/schema";

/** A valid configuration with every default filled in; `areas` takes the place of whole areas. */
export const stackConfig = (areas: Readonly<Record<string, unknown>> = {}): StackConfig =>
  stackConfigSchema.parse({
    system: "shop",
    environment: "staging",
    account: { id: "686831565523" },
    network: { mode: "create" },
    services: {},
    ...areas,
  });
