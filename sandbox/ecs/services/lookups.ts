import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import { scopeKey, scopeOf, type Scope } from "../../model/scope";
import { faults } from "./faults";
import type { ProviderShare } from "../model";

const prefix = "AmazonEC2ContainerServiceV20141113";

/** X-Amz-Target of an operation of ECS. */
export const ecsTarget = (operation: string): string => `${prefix}.${operation}`;

export interface ClusterFacts {
  readonly arn: string;
  readonly name: string;
  readonly defaultStrategy: readonly ProviderShare[];
}

/** What a service needs to know of a task definition. */
export interface DefinitionFacts {
  readonly arn: string;
  readonly networkMode: string | undefined;
  readonly compatibilities: readonly string[];
  readonly containers: readonly { readonly name: string; readonly image: string; readonly ports: readonly number[] }[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

interface ClusterAnswer {
  readonly clusters?: readonly {
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly status?: string;
    readonly defaultCapacityProviderStrategy?: readonly Partial<ProviderShare>[];
  }[];
}

interface DefinitionAnswer {
  readonly taskDefinition: {
    readonly taskDefinitionArn: string;
    readonly status?: string;
    readonly networkMode?: string;
    readonly requiresCompatibilities?: readonly string[];
    readonly containerDefinitions?: readonly {
      readonly name: string;
      readonly image?: string;
      readonly portMappings?: readonly { readonly containerPort?: number }[];
    }[];
  };
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** Clusters and task definitions live in moto. */
export class Lookups {
  constructor(private readonly moto: Pick<Moto, "call">) {}

  /** @throws AwsFault `ClusterNotFoundException` */
  async cluster(scope: Scope, nameOrArn = "default"): Promise<ClusterFacts> {
    if (!isHere(scope, nameOrArn)) throw faults.clusterNotFound();
    const answer = (await this.moto.call(scope, "ecs", ecsTarget("DescribeClusters"), {
      clusters: [nameOrArn],
    })) as ClusterAnswer;
    const found = answer.clusters?.find(({ status = "ACTIVE" }) => status === "ACTIVE");
    if (!found) throw faults.clusterNotFound();
    const defaultStrategy = (found.defaultCapacityProviderStrategy ?? []).map(
      ({ capacityProvider = "", weight = 0, base = 0 }) => ({ capacityProvider, weight, base }),
    );
    return { arn: found.clusterArn, name: found.clusterName, defaultStrategy };
  }

  /**
   * @param name family, `family:revision` or ARN; a family alone means its latest ACTIVE revision
   * @throws AwsFault `ClientException` when there is none, or none that may be used
   */
  async definition(scope: Scope, name: string): Promise<DefinitionFacts> {
    const [family = "", revision] = (name.split("/").at(-1) ?? "").split(":");
    if (revision !== undefined && !/^\d+$/.test(revision)) throw faults.badRevision(revision);
    if (!family || !isHere(scope, name)) throw faults.definitionNotFound();
    const wanted = revision === undefined ? await this.latest(scope, family) : `${family}:${revision}`;
    const answer = await this.describe(scope, wanted);
    if (answer.taskDefinition.status !== undefined && answer.taskDefinition.status !== "ACTIVE") {
      throw faults.definitionInactive();
    }
    return factsOf(answer);
  }

  private async describe(scope: Scope, taskDefinition: string): Promise<DefinitionAnswer> {
    const input = { taskDefinition, include: ["TAGS"] };
    try {
      return (await this.moto.call(
        scope,
        "ecs",
        ecsTarget("DescribeTaskDefinition"),
        input,
      )) as unknown as DefinitionAnswer;
    } catch (error) {
      if (error instanceof AwsFault && error.code === "ClientException") throw faults.definitionNotFound();
      throw error;
    }
  }

  private async latest(scope: Scope, family: string): Promise<string> {
    const input = { familyPrefix: family, status: "ACTIVE", sort: "DESC" };
    const answer = await this.moto.call(scope, "ecs", ecsTarget("ListTaskDefinitions"), input);
    const revisions = ((answer["taskDefinitionArns"] ?? []) as readonly string[])
      .map((arn) => (arn.split("/").at(-1) ?? "").split(":"))
      .filter(([name]) => name === family)
      .map(([, revision]) => Number(revision));
    if (revisions.length === 0) throw faults.definitionNotFound();
    return `${family}:${Math.max(...revisions)}`;
  }
}

function factsOf({ taskDefinition, tags = [] }: DefinitionAnswer): DefinitionFacts {
  return {
    arn: taskDefinition.taskDefinitionArn,
    networkMode: taskDefinition.networkMode,
    compatibilities: taskDefinition.requiresCompatibilities ?? [],
    containers: (taskDefinition.containerDefinitions ?? []).map(({ name, image = "", portMappings = [] }) => ({
      name,
      image,
      ports: portMappings.flatMap(({ containerPort }) => containerPort ?? []),
    })),
    tags,
  };
}

/** An ARN of another account or region is not found here. */
function isHere(scope: Scope, nameOrArn: string): boolean {
  if (!nameOrArn.startsWith("arn:")) return true;
  const other = scopeOf(nameOrArn);
  return other !== undefined && scopeKey(other) === scopeKey(scope);
}
