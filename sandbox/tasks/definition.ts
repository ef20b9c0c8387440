import { z } from "zod";

/** Some clients send an empty text for a role that is not wanted. */
export const roleSchema = z
  .string()
  .optional()
  .transform((role) => (role === "" ? undefined : role));

const pairs = z
  .array(z.object({ name: z.string().default(""), value: z.coerce.string().default("") }))
  .default([])
  .transform((list): Readonly<Record<string, string>> =>
    Object.fromEntries(list.map(({ name, value }) => [name, value])),
  );

const healthCheckSchema = z.object({
  command: z.array(z.string()).default([]),
  // Defaults and units (seconds): API reference, HealthCheck.
  interval: z.coerce.number().default(30),
  timeout: z.coerce.number().default(5),
  retries: z.coerce.number().default(3),
  startPeriod: z.coerce.number().default(0),
});

const containerSchema = z
  .object({
    name: z.string(),
    image: z.string().default(""),
    essential: z.boolean().default(true),
    command: z.array(z.string()).optional(),
    cpu: z.coerce.number().default(0),
    memory: z.coerce.number().optional(),
    memoryReservation: z.coerce.number().optional(),
    portMappings: z.array(z.object({ containerPort: z.coerce.number().optional() })).default([]),
    environment: pairs,
    secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })).default([]),
    dependsOn: z
      .array(z.object({ containerName: z.string(), condition: z.enum(["START", "COMPLETE", "SUCCESS", "HEALTHY"]) }))
      .default([]),
    startTimeout: z.coerce.number().optional(),
    stopTimeout: z.coerce.number().optional(),
    healthCheck: healthCheckSchema.optional(),
    logConfiguration: z
      .object({ logDriver: z.string().default(""), options: z.record(z.string(), z.coerce.string()).default({}) })
      .optional(),
    versionConsistency: z.string().optional(),
  })
  .transform(({ portMappings, ...container }) => ({
    ...container,
    ports: portMappings.flatMap(({ containerPort }) => (containerPort ? [containerPort] : [])),
  }));

const definitionSchema = z
  .object({
    taskDefinitionArn: z.string(),
    family: z.string().default(""),
    revision: z.coerce.number().default(0),
    status: z.string().default("ACTIVE"),
    cpu: z.coerce.string().optional(),
    memory: z.coerce.string().optional(),
    networkMode: z.string().optional(),
    executionRoleArn: roleSchema,
    taskRoleArn: roleSchema,
    requiresCompatibilities: z.array(z.string()).default([]),
    containerDefinitions: z.array(containerSchema).min(1),
  })
  .transform(({ containerDefinitions, ...definition }) => ({ ...definition, containers: containerDefinitions }));

/** What is needed of a task definition, with AWS' defaults filled in. */
export type TaskDefinition = Omit<z.output<typeof definitionSchema>, "containers"> & {
  readonly containers: readonly ContainerDefinition[];
};
export type ContainerDefinition = z.output<typeof containerSchema> & {
  /** Tag that the registry knows the image by; only for one that is named by its digest. */
  readonly knownTag?: string;
};
export type HealthCheck = z.output<typeof healthCheckSchema>;

/** Reads what DescribeTaskDefinition answers. Undefined for something that no task can be made of. */
export function parseDefinition(answer: unknown): TaskDefinition | undefined {
  return definitionSchema.safeParse(withoutNull(answer)).data;
}

/** A member that is null means nothing to AWS. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, withoutNull(one)]])),
  );
}
