import { isDeepStrictEqual } from "node:util";
import type { LoadBalancer, ProviderShare, ServiceRevision } from "../model";
import type { SettingsInput } from "./inputs";
import type { DefinitionFacts } from "./lookups";

/** Settings of a revision, before it is one: where its tasks are registered is decided by what serves. */
export type RevisionSettings = Omit<ServiceRevision, "id" | "arn" | "createdAt" | "targetGroups">;

/** What `LATEST` means. "Fargate platform versions" in the developer guide. */
const latestPlatform = "1.4.0";

/** What was asked for over what held before. */
export function revisionSettings(
  input: SettingsInput & { readonly launchType?: string | undefined },
  definition: DefinitionFacts,
  before: RevisionSettings | undefined,
): RevisionSettings {
  const { capacityProviderStrategy, networkConfiguration, platformVersion, loadBalancers, serviceRegistries } = input;
  const network = networkConfiguration ? withDefaults(networkConfiguration) : before?.networkConfiguration;
  return {
    taskDefinition: definition.arn,
    ...computeOf(input.launchType, capacityProviderStrategy, before),
    platformVersion:
      platformVersion === undefined ? (before?.platformVersion ?? latestPlatform) : resolve(platformVersion),
    ...(network === undefined ? {} : { networkConfiguration: network }),
    loadBalancers: (loadBalancers as readonly LoadBalancer[] | undefined) ?? before?.loadBalancers ?? [],
    serviceRegistries: serviceRegistries ?? before?.serviceRegistries ?? [],
    passive: { ...before?.passive, ...passiveOf(input) },
    containers: definition.containers.map(({ name, image }) => ({ name, image })),
    definitionTags: definition.tags,
  };
}

/**
 * A change of one of these starts a deployment; UpdateService says so of each member. A change of the provider strategy
 * does not.
 */
const triggers = [
  "taskDefinition",
  "networkConfiguration",
  "platformVersion",
  "loadBalancers",
  "serviceRegistries",
  "passive",
] as const satisfies readonly (keyof RevisionSettings)[];

/** Whether UpdateService starts a deployment by itself. */
export const startsDeployment = (before: RevisionSettings, after: RevisionSettings): boolean =>
  triggers.some((key) => !isDeepStrictEqual(before[key], after[key]));

/** A launch type or a strategy, never both; an empty strategy goes back to the launch type. */
function computeOf(
  launchType: string | undefined,
  strategy: readonly ProviderShare[] | undefined,
  before: RevisionSettings | undefined,
): Pick<RevisionSettings, "launchType" | "capacityProviderStrategy"> {
  if (strategy?.length) return { capacityProviderStrategy: strategy };
  if (strategy === undefined && before?.capacityProviderStrategy) {
    return { capacityProviderStrategy: before.capacityProviderStrategy };
  }
  return { launchType: launchType ?? before?.launchType ?? (before ? "FARGATE" : "EC2") };
}

const resolve = (platformVersion: string): string =>
  platformVersion === "LATEST" || platformVersion === "" ? latestPlatform : platformVersion;

/** As the API tells it: a list of groups and an answer about the public address are always there. */
function withDefaults({ awsvpcConfiguration: vpc }: NonNullable<SettingsInput["networkConfiguration"]>): unknown {
  if (!vpc) return {};
  const { subnets, securityGroups = [], assignPublicIp = "DISABLED" } = vpc;
  return { awsvpcConfiguration: { subnets, securityGroups, assignPublicIp } };
}

function passiveOf(input: SettingsInput): ServiceRevision["passive"] {
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = input;
  return {
    ...(serviceConnectConfiguration ? { serviceConnectConfiguration } : {}),
    ...(volumeConfigurations ? { volumeConfigurations } : {}),
    ...(vpcLatticeConfigurations ? { vpcLatticeConfigurations } : {}),
  };
}
