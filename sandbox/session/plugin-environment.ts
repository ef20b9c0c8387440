import { z } from "zod";

/** What the provider of AWS reads of its environment. */
export const pluginEnvironment = z.object({
  AWS_ENDPOINT_URL: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_DEFAULT_REGION: z.string().optional(),
});

export type PluginEnvironment = z.infer<typeof pluginEnvironment>;
