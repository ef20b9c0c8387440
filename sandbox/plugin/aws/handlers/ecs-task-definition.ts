import {
  type Compatibility,
  type ContainerDefinition,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type NetworkMode,
  RegisterTaskDefinitionCommand,
  type RuntimePlatform,
  type TaskDefinition,
  type Tag,
} from "@aws-sdk/client-ecs";
import type { HandlerContext } from "../../handler";
import { isSameContainers } from "../container-definitions";
import { defineHandler } from "../define-handler";
import { errorCode, orMissing } from "../missing";
import { foundTags, lowerCaseTagList, type Tagged } from "../tags";
import { fromEcsTags, retagEcs } from "./ecs-tags";

interface TaskDefinitionInputs extends Tagged {
  readonly family: string;
  /** JSON text. */
  readonly containerDefinitions: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly networkMode?: NetworkMode;
  readonly requiresCompatibilities?: readonly Compatibility[];
  readonly executionRoleArn?: string;
  readonly taskRoleArn?: string;
  readonly runtimePlatform?: RuntimePlatform;
  readonly ephemeralStorage?: { readonly sizeInGib: number };
  readonly volumes?: readonly { readonly name: string }[];
  /** Leaves the revision registered on deletion, so that a rollback finds it. */
  readonly skipDestroy?: boolean;
  readonly trackLatest?: boolean;
  readonly arn?: string;
}

/** `aws:ecs/taskDefinition:TaskDefinition`. The id is the family, so the revision is told apart by `arn` in the state. */
export const ecsTaskDefinition = defineHandler<TaskDefinitionInputs>({
  async create(inputs, context) {
    const tags = lowerCaseTagList(inputs.tagsAll);
    await context.client(ECSClient).send(
      new RegisterTaskDefinitionCommand({
        family: inputs.family,
        containerDefinitions: JSON.parse(inputs.containerDefinitions) as ContainerDefinition[],
        cpu: inputs.cpu,
        memory: inputs.memory,
        networkMode: inputs.networkMode,
        requiresCompatibilities: inputs.requiresCompatibilities && [...inputs.requiresCompatibilities],
        executionRoleArn: inputs.executionRoleArn,
        taskRoleArn: inputs.taskRoleArn,
        runtimePlatform: inputs.runtimePlatform,
        ephemeralStorage: inputs.ephemeralStorage && { sizeInGiB: inputs.ephemeralStorage.sizeInGib },
        volumes: inputs.volumes?.map((volume) => ({ ...volume })),
        ...(tags.length > 0 ? { tags } : {}),
      }),
    );
    return inputs.family;
  },

  async find(id, known, context) {
    // With trackLatest the state follows the family's newest revision, whoever registered it.
    const found = await describe((known.trackLatest ? undefined : known.arn) ?? id, context);
    if (!found) return undefined;
    const { definition, tags } = found;
    const arn = definition.taskDefinitionArn ?? "";
    return {
      arn,
      arnWithoutRevision: arn.slice(0, arn.lastIndexOf(":")),
      family: definition.family,
      revision: definition.revision,
      containerDefinitions: wording(known.containerDefinitions, definition.containerDefinitions),
      cpu: definition.cpu,
      memory: definition.memory,
      networkMode: definition.networkMode,
      requiresCompatibilities: definition.requiresCompatibilities,
      executionRoleArn: definition.executionRoleArn,
      taskRoleArn: definition.taskRoleArn,
      runtimePlatform: definition.runtimePlatform,
      ephemeralStorage: definition.ephemeralStorage && { sizeInGib: definition.ephemeralStorage.sizeInGiB },
      ...(known.volumes ? { volumes: definition.volumes?.map(({ name }) => ({ name })) } : {}),
      ...foundTags(known, fromEcsTags(tags)),
    };
  },

  change: (_id, state, inputs, context) => retagEcs(state.arn ?? "", state, inputs, context),

  async remove(id, state, context) {
    if (state.skipDestroy) return;
    const found = await describe(state.arn ?? id, context);
    const taskDefinition = found?.definition.taskDefinitionArn;
    if (taskDefinition) await context.client(ECSClient).send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  },
});

interface Found {
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[] | undefined;
}

/** A deregistered revision stays visible as INACTIVE; an unknown one is a ClientException, which also stands for much else. */
async function describe(taskDefinition: string, context: HandlerContext): Promise<Found | undefined> {
  try {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ["TAGS"] });
    const answer = await orMissing(context.client(ECSClient).send(command));
    const definition = answer?.taskDefinition;
    return !definition || definition.status === "INACTIVE" ? undefined : { definition, tags: answer.tags };
  } catch (error) {
    if (errorCode(error) === "ClientException" && /describe task definition/i.test(String(error))) return undefined;
    throw error;
  }
}

/** The known text while it makes the same containers. */
function wording(known: string | undefined, found: readonly ContainerDefinition[] | undefined): string {
  const told = JSON.stringify(found ?? []);
  return known !== undefined && isSameContainers(known, told) ? known : told;
}
