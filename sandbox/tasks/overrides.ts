import { z } from "zod";
import { roleSchema, type TaskDefinition } from "./definition";

const overridesSchema = z.object({
  containerOverrides: z
    .array(
      z.object({
        name: z.string().optional(),
        command: z.array(z.string()).optional(),
        environment: z.array(z.object({ name: z.string(), value: z.string().default("") })).optional(),
        cpu: z.number().optional(),
        memory: z.number().optional(),
        memoryReservation: z.number().optional(),
      }),
    )
    .default([]),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  executionRoleArn: roleSchema,
  taskRoleArn: roleSchema,
});

/** What RunTask lets one task have different from its definition. */
export type Overrides = z.output<typeof overridesSchema>;

/** Undefined for something that is no TaskOverride. */
export function parseOverrides(input: unknown): Overrides | undefined {
  return overridesSchema.safeParse(input ?? {}).data;
}

/** Name of the first overridden container that the definition does not have. */
export function strangeContainer(definition: TaskDefinition, overrides: Overrides): string | undefined {
  const names = definition.containers.map(({ name }) => name);
  return overrides.containerOverrides.find(({ name }) => name === undefined || !names.includes(name))?.name;
}

/** The definition as one task has it. A container whose command is overridden serves nothing: it has no ports. */
export function withOverrides(definition: TaskDefinition, input: unknown): TaskDefinition {
  const overrides = parseOverrides(input);
  if (!overrides) return definition;
  const { containerOverrides, ...task } = overrides;
  return {
    ...definition,
    ...Object.fromEntries(Object.entries(task).filter(([, value]) => value !== undefined)),
    containers: definition.containers.map((container) => {
      const override = containerOverrides.find(({ name }) => name === container.name);
      if (!override) return container;
      const { environment = [], cpu = container.cpu, ...fields } = override;
      return {
        ...container,
        ...fields,
        cpu,
        name: container.name,
        ports: override.command === undefined ? container.ports : [],
        environment: {
          ...container.environment,
          ...Object.fromEntries(environment.map(({ name, value }) => [name, value])),
        },
      };
    }),
  };
}
