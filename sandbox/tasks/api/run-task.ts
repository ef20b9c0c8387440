import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import { scopeKey, scopeOf } from "../../model/scope";
import type { Answer, Caller, Input } from "../../model/service-api";
import { missingRole } from "../checks/roles";
import type { TaskDefinition } from "../definition";
import { parseOverrides, strangeContainer } from "../overrides";
import type { Tag } from "../store";
import { answerOf, clientFault, invalid, read, tagsSchema, type ApiParts } from "./api-parts";
import type { ClientTokens } from "./client-tokens";
import { clusterArn } from "./clusters";

const schema = z.object({
  cluster: z.string().optional(),
  taskDefinition: z.string(),
  count: z.number().int().default(1),
  group: z.string().optional(),
  startedBy: z.string().optional(),
  launchType: z.enum(["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]).optional(),
  capacityProviderStrategy: z.array(z.object({ capacityProvider: z.string() })).default([]),
  platformVersion: z.string().optional(),
  networkConfiguration: z
    .object({
      awsvpcConfiguration: z
        .object({ subnets: z.array(z.string()).default([]) })
        .loose()
        .optional(),
    })
    .optional(),
  overrides: z.unknown().optional(),
  enableExecuteCommand: z.boolean().default(false),
  enableECSManagedTags: z.boolean().default(false),
  clientToken: z.string().optional(),
  propagateTags: z.enum(["TASK_DEFINITION", "SERVICE", "NONE"]).optional(),
  tags: tagsSchema.default([]),
});

type Request = z.output<typeof schema>;

/** At most this many tasks by one call (API reference, RunTask). */
const mostTasks = 10;

/** Platform versions of Fargate for Linux that can still be asked for. */
const platforms = ["LATEST", "1.4.0", "1.3.0"];

/** What a call has started: ids of tasks, those that Fargate refused included. */
export type Started = readonly string[];

/** Starts tasks that belong to no service. Those that Fargate has no room for are told as failures. @throws AwsFault */
export async function runTask(
  parts: ApiParts,
  tokens: ClientTokens<Started>,
  input: Input,
  caller: Caller,
): Promise<Answer> {
  const request = read(schema, input);
  const begin = (): Promise<Started> => start(parts, request, caller);
  const { clientToken } = request;
  const key = [scopeKey(caller), clientToken].join(" ");
  const started = await (clientToken === undefined ? begin() : tokens.once(key, JSON.stringify(request), begin));
  const entries = started.flatMap((id) => parts.store.get(id) ?? []);
  return {
    tasks: entries.filter(({ isHidden }) => !isHidden).map((entry) => answerOf(entry, true)),
    // The event's text has a period at its end, the failure's has none.
    failures: entries
      .filter(({ isHidden }) => isHidden)
      .map(({ run }) => ({ reason: run.state.stoppedReason?.replace(/\.$/, "") })),
  };
}

async function start(parts: ApiParts, request: Request, caller: Caller): Promise<Started> {
  if (request.count < 1 || request.count > mostTasks) throw invalid(`count must be between 1 and ${mostTasks}.`);
  const cluster = await clusterArn(parts.moto, caller, request.cluster);
  const definition = await parts.definitions.describe(caller, request.taskDefinition);
  if (!definition) throw clientFault("TaskDefinition not found.");
  if (definition.status !== "ACTIVE") throw clientFault("TaskDefinition is inactive");
  checkPlacement(request, definition);
  const overrides = checkedOverrides(request, definition);
  const roles = {
    executionRoleArn: overrides.executionRoleArn ?? definition.executionRoleArn,
    taskRoleArn: overrides.taskRoleArn ?? definition.taskRoleArn,
  };
  const role = await missingRole(parts.moto, caller, roles);
  if (role !== undefined) throw clientFault(role);
  const tags = await tagsOf(parts, request, definition, cluster);

  const views = Array.from({ length: request.count }, (_, index) =>
    parts.tasks.start({
      account: caller.account,
      region: caller.region,
      clusterArn: cluster,
      taskDefinitionArn: definition.taskDefinitionArn,
      group: request.group ?? `family:${definition.family}`,
      startedBy: request.startedBy,
      launchType: request.capacityProviderStrategy.length > 0 ? undefined : (request.launchType ?? "FARGATE"),
      capacityProviderName: request.capacityProviderStrategy[0]?.capacityProvider,
      platformVersion: request.platformVersion,
      networkConfiguration: turned(request.networkConfiguration, index),
      enableExecuteCommand: request.enableExecuteCommand,
      tags,
      overrides: request.overrides,
    }),
  );
  return views.map(({ id }) => id);
}

/** Later ones outdo earlier ones of the same key. */
async function tagsOf(
  { definitions }: ApiParts,
  { enableECSManagedTags, propagateTags, tags }: Request,
  { taskDefinitionArn }: TaskDefinition,
  cluster: string,
): Promise<readonly Tag[]> {
  const scope = scopeOf(taskDefinitionArn);
  const managed = { key: "aws:ecs:clusterName", value: cluster.split("/").at(-1) ?? "" };
  const taken = propagateTags === "TASK_DEFINITION" && scope ? await definitions.tags(scope, taskDefinitionArn) : [];
  return [...(enableECSManagedTags ? [managed] : []), ...taken, ...tags];
}

/** Fargate spreads tasks over the subnets: each is put into the first of its own. */
function turned(network: Request["networkConfiguration"], by: number): Request["networkConfiguration"] {
  const { awsvpcConfiguration } = network ?? {};
  if (!awsvpcConfiguration) return network;
  const at = by % Math.max(awsvpcConfiguration.subnets.length, 1);
  const subnets = [...awsvpcConfiguration.subnets.slice(at), ...awsvpcConfiguration.subnets.slice(0, at)];
  return { awsvpcConfiguration: { ...awsvpcConfiguration, subnets } };
}

function checkPlacement(request: Request, definition: TaskDefinition): void {
  const { launchType = "FARGATE", capacityProviderStrategy, group } = request;
  if (capacityProviderStrategy.length > 0 && request.launchType !== undefined) {
    throw invalid(
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  }
  if (group?.startsWith("service:")) throw invalid("Invalid namespace for group.");
  if (launchType !== "FARGATE") throw invalid("No Container Instances were found in your cluster.");
  const { requiresCompatibilities } = definition;
  if (requiresCompatibilities.length > 0 && !requiresCompatibilities.includes(launchType)) {
    throw invalid(`Task definition does not support launch_type ${launchType}.`);
  }
  if (request.platformVersion !== undefined && !platforms.includes(request.platformVersion)) {
    throw new AwsFault("PlatformUnknownException", "The specified platform version doesn't exist.");
  }
  const awsvpc = request.networkConfiguration?.awsvpcConfiguration;
  if (!awsvpc) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  if (awsvpc.subnets.length === 0) throw invalid("subnets can not be empty.");
  if (request.propagateTags === "SERVICE") {
    throw invalid("Tags can only be propagated from the service for tasks that a service starts.");
  }
}

function checkedOverrides(
  request: Request,
  definition: TaskDefinition,
): NonNullable<ReturnType<typeof parseOverrides>> {
  const overrides = parseOverrides(request.overrides);
  if (!overrides) throw invalid("Invalid value for overrides.");
  if (overrides.containerOverrides.some(({ name }) => name === undefined)) {
    throw invalid("Container name can not be empty.");
  }
  const strange = strangeContainer(definition, overrides);
  if (strange !== undefined) {
    throw invalid(`Override for container named ${strange} is not a container in the TaskDefinition.`);
  }
  return overrides;
}
