import { z } from "zod";

/** Words in braces that a template may use. */
export const placeholders = ["system", "environment", "timestamp", "stack", "service", "container", "secret"] as const;
export type Placeholder = (typeof placeholders)[number];

const template = (allowed: readonly Placeholder[]): z.ZodString => {
  const words = allowed.map((word) => `{${word}}`).join(", ");
  return z
    .string()
    .min(1)
    .refine((text) => unknownPlaceholders(text, allowed).length === 0, `text that uses only ${words}`);
};

function unknownPlaceholders(text: string, allowed: readonly string[]): string[] {
  return [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "").filter((word) => !allowed.includes(word));
}

const everywhere = ["system", "environment", "stack"] as const;

/**
 * Templates for the physical names that documents or operators rely on; everything else is named by Pulumi.
 * `{timestamp}` is minted at the first deployment (UTC, YYYYMMDD-HHMMSS) and kept for the stack's life.
 */
export const namingSchema = z.strictObject({
  stack: template(["system", "environment", "timestamp"])
    .default("{system}-{environment}")
    .describe("Physical name of the environment; `{stack}` in the other templates."),
  cluster: template(everywhere).default("{stack}-cluster").describe("ECS cluster."),
  service: template([...everywhere, "service"])
    .default("{stack}-{service}-service")
    .describe("ECS service; the second slot of a service with two slots gets the suffix `-green`."),
  family: template([...everywhere, "service"])
    .default("{stack}-{service}")
    .describe("Task definition family."),
  logGroup: template([...everywhere, "service", "container"])
    .default("/ecs/{stack}/{service}")
    .describe("CloudWatch log group of a container."),
  database: template(everywhere).default("{stack}-db").describe("RDS instance identifier."),
  secret: template([...everywhere, "secret"])
    .default("{stack}/{secret}")
    .describe("Secrets Manager secret."),
  alarm: template([...everywhere])
    .default("{stack}")
    .describe("Prefix of alarm names."),
  loadBalancer: template(everywhere)
    .optional()
    .describe("Load balancer, at most 32 characters; named by Pulumi when absent."),
});
