import { z } from "zod";
import type { Input } from "../../model/service-api";
import { clientFault } from "../api/api-parts";
import { fargateSize } from "./fargate-size";

const schema = z.looseObject({
  cpu: z.string().nullish(),
  memory: z.string().nullish(),
  networkMode: z.string().nullish(),
  requiresCompatibilities: z.array(z.string()).nullish(),
  containerDefinitions: z
    .array(
      z.looseObject({
        name: z.string().nullish(),
        essential: z.boolean().nullish(),
        stopTimeout: z.number().nullish(),
      }),
    )
    .nullish(),
  tags: z.array(z.unknown()).nullish(),
});

type Definition = z.output<typeof schema>;

/** Bytes of JSON that a task definition may have. */
const mostBytes = 65_536;

/** Seconds: API reference, ContainerDefinition, stopTimeout. */
const longestStop = 120;

/**
 * What ECS refuses of a task definition before it keeps it. Sizes such as `1 vCPU` become numbers; moto keeps them as
 * they come.
 *
 * @throws AwsFault `ClientException`
 */
export function checkDefinition(input: Input): Input | undefined {
  const definition = schema.safeParse(input).data;
  // Of another shape altogether: moto says what it thinks of that.
  if (!definition) return undefined;
  if (definition.tags?.length === 0) throw clientFault("Tags can not be empty.");
  const { length } = Buffer.from(JSON.stringify(input));
  if (length > mostBytes) {
    throw clientFault(`Actual length: '${length}'. Max allowed length is '${mostBytes}' bytes.`);
  }
  checkContainers(definition);
  return definition.requiresCompatibilities?.includes("FARGATE") ? { ...input, ...sizeOf(definition) } : undefined;
}

function checkContainers({ containerDefinitions }: Definition): void {
  const containers = containerDefinitions ?? [];
  if (containers.length > 0 && containers.every(({ essential }) => essential === false)) {
    throw clientFault("Task definition does not have at least one essential container.");
  }
  const names = containers.flatMap(({ name }) => name ?? []);
  if (new Set(names).size < names.length) throw clientFault("Container.name contains duplicates.");
}

function sizeOf({ cpu, memory, networkMode, containerDefinitions }: Definition): { cpu: string; memory: string } {
  if (networkMode !== "awsvpc") throw clientFault("Fargate only supports network mode 'awsvpc'.");
  if (!cpu) throw clientFault("Fargate requires that 'cpu' be defined at the task level.");
  if (!memory) throw clientFault("Fargate requires that 'memory' be defined at the task level.");
  const size = fargateSize(cpu, memory);
  if (typeof size === "string") throw clientFault(size);
  if (containerDefinitions?.some(({ stopTimeout }) => (stopTimeout ?? 0) > longestStop)) {
    throw clientFault(`Fargate supports a stopTimeout of at most ${longestStop} seconds.`);
  }
  return { cpu: String(size.cpu), memory: String(size.memory) };
}
