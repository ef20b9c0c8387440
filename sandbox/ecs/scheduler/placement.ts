import type { TaskOrder } from "../../model/tasks";
import type { ProviderShare } from "../model";
import type { DeploymentRecord, ServiceRecord } from "../services/service-record";

/** Where a task of a deployment was put. */
export interface Place {
  readonly provider: string | undefined;
  readonly subnet: string | undefined;
}

/** Chooses provider and subnet of the next task, given where the others of its deployment are. */
export function placeNext(revision: DeploymentRecord["revision"], placed: readonly Place[]): Place {
  return {
    provider: nextProvider(revision.capacityProviderStrategy ?? [], placed),
    subnet: nextSubnet(subnetsOf(revision.networkConfiguration), placed),
  };
}

/** First the base of a provider, then the one furthest below its weight. API_CapacityProviderStrategyItem. */
function nextProvider(strategy: readonly ProviderShare[], placed: readonly Place[]): string | undefined {
  const count = (name: string): number => placed.filter(({ provider }) => provider === name).length;
  const basic = strategy.find(({ capacityProvider, base }) => count(capacityProvider) < base);
  if (basic) return basic.capacityProvider;
  return strategy
    .filter(({ weight }) => weight > 0)
    .map(({ capacityProvider, weight, base }) => ({
      capacityProvider,
      load: (count(capacityProvider) - base + 1) / weight,
    }))
    .sort((a, b) => a.load - b.load)[0]?.capacityProvider;
}

/** Spreads over the subnets, which stand for zones: the one with the fewest tasks. */
function nextSubnet(subnets: readonly string[], placed: readonly Place[]): string | undefined {
  const count = (id: string): number => placed.filter(({ subnet }) => subnet === id).length;
  return [...subnets].sort((a, b) => count(a) - count(b))[0];
}

/** What the tasks are asked for. */
export function orderOf(
  record: ServiceRecord,
  { id, revision }: Pick<DeploymentRecord, "id" | "revision">,
  place: Place,
): TaskOrder {
  return {
    account: record.account,
    region: record.region,
    clusterArn: record.clusterArn,
    taskDefinitionArn: revision.taskDefinition,
    group: `service:${record.name}`,
    startedBy: id,
    launchType: revision.launchType ?? "FARGATE",
    capacityProviderName: place.provider,
    platformVersion: revision.platformVersion,
    networkConfiguration: withFirst(revision.networkConfiguration, place.subnet),
    enableExecuteCommand: record.plain.enableExecuteCommand,
    tags: tagsOf(record, revision.definitionTags ?? []),
  };
}

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Tags of ECS itself, and those that are propagated. "Tagging Amazon ECS resources" in the developer guide. */
function tagsOf({ plain, tags, clusterName, name }: ServiceRecord, definitionTags: readonly Tag[]): readonly Tag[] {
  const propagated: Readonly<Record<string, readonly Tag[]>> = { SERVICE: tags, TASK_DEFINITION: definitionTags };
  const managed = [
    { key: "aws:ecs:clusterName", value: clusterName },
    { key: "aws:ecs:serviceName", value: name },
  ];
  return [...(plain.enableECSManagedTags ? managed : []), ...(propagated[plain.propagateTags] ?? [])];
}

interface AwsVpc {
  readonly awsvpcConfiguration?: { readonly subnets?: readonly string[] };
}

const subnetsOf = (network: unknown): readonly string[] =>
  (network as AwsVpc | undefined)?.awsvpcConfiguration?.subnets ?? [];

function withFirst(network: unknown, subnet: string | undefined): unknown {
  if (subnet === undefined) return network;
  const { awsvpcConfiguration } = network as AwsVpc;
  const others = subnetsOf(network).filter((id) => id !== subnet);
  return { awsvpcConfiguration: { ...awsvpcConfiguration, subnets: [subnet, ...others] } };
}
