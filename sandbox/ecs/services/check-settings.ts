import type { Targets } from "../../model/targets";
import type { DeploymentConfiguration, LoadBalancer } from "../model";
import { checkShift } from "../shifting/check-shift";
import type { ShiftConfiguration } from "../shifting/shift-plan";
import { faults } from "./faults";
import type { SettingsInput } from "./inputs";
import type { DefinitionFacts } from "./lookups";
import type { RevisionSettings } from "./revision";

/** "Amazon ECS service quotas" in the developer guide. */
const limits = { subnets: 16, securityGroups: 5, loadBalancers: 5, tags: 50 } as const;

/**
 * Refuses what CreateService and UpdateService refuse of a service that fits its task definition and its load balancers.
 *
 * @throws AwsFault `InvalidParameterException`
 */
export function checkSettings(
  settings: RevisionSettings,
  definition: DefinitionFacts,
  targets: Pick<Targets, "group">,
): void {
  checkNetwork(settings.networkConfiguration, definition.networkMode);
  checkLaunchType(settings.launchType, definition);
  if (settings.loadBalancers.length > limits.loadBalancers) {
    throw faults.invalid(`A service can have at most ${limits.loadBalancers} target groups.`);
  }
  for (const one of settings.loadBalancers) checkLoadBalancer(one, definition, targets);
}

/**
 * Refuses a strategy that its own members or the load balancers do not fit.
 *
 * @param before what holds for the members that are not named
 * @throws AwsFault `InvalidParameterException`
 */
export function checkStrategyOf(
  { deploymentConfiguration: input = {} }: Pick<SettingsInput, "deploymentConfiguration">,
  loadBalancers: readonly LoadBalancer[],
  controller: string,
  before?: DeploymentConfiguration,
): void {
  const strategy = input.strategy ?? before?.strategy;
  const bakeTimeInMinutes =
    input.bakeTimeInMinutes ?? (before?.strategy === strategy ? before?.bakeTimeInMinutes : undefined);
  checkShift({ ...input, strategy, bakeTimeInMinutes } as ShiftConfiguration, loadBalancers, controller);
}

/** At most 50, none of AWS' own, no key twice. API_Tag. @throws AwsFault `InvalidParameterException` */
export function checkTags(tags: readonly { readonly key: string; readonly value: string }[]): void {
  if (tags.length > limits.tags) throw faults.invalid(`The maximum number of tags per resource is ${limits.tags}.`);
  for (const { key, value } of tags) {
    if (/^aws:/i.test(key)) throw faults.invalid(`Tag key ${key} is reserved for AWS use.`);
    if (key.length < 1 || key.length > 128) throw faults.invalid("Tag keys must have 1 to 128 characters.");
    if (value.length > 256) throw faults.invalid("Tag values can have at most 256 characters.");
  }
  if (new Set(tags.map(({ key }) => key)).size < tags.length) throw faults.invalid("Tag keys must be unique.");
}

interface AwsVpc {
  readonly awsvpcConfiguration?: { readonly subnets?: readonly string[]; readonly securityGroups?: readonly string[] };
}

function checkNetwork(network: unknown, networkMode: string | undefined): void {
  const vpc = (network as AwsVpc | undefined)?.awsvpcConfiguration;
  if (networkMode !== "awsvpc") {
    if (vpc) throw faults.networkNotAllowed();
    return;
  }
  if (!vpc) throw faults.noNetwork();
  const { subnets = [], securityGroups = [] } = vpc;
  if (subnets.length === 0) throw faults.noSubnets();
  if (subnets.length > limits.subnets) throw faults.invalid(`subnets can have at most ${limits.subnets} items.`);
  if (securityGroups.length > limits.securityGroups) {
    throw faults.invalid(`securityGroups can have at most ${limits.securityGroups} items.`);
  }
}

function checkLaunchType(launchType: string | undefined, { compatibilities }: DefinitionFacts): void {
  if (launchType !== "FARGATE" || compatibilities.length === 0 || compatibilities.includes("FARGATE")) return;
  throw faults.launchTypeNotSupported(launchType);
}

function checkLoadBalancer(
  { targetGroupArn, containerName, containerPort, advancedConfiguration }: Partial<LoadBalancer>,
  { containers }: DefinitionFacts,
  targets: Pick<Targets, "group">,
): void {
  if (!targetGroupArn) throw faults.invalid("targetGroupArn must be specified for a load balancer.");
  if (!containerName || !containerPort) {
    throw faults.invalid("containerName and containerPort must be specified for a load balancer.");
  }
  const container = containers.find(({ name }) => name === containerName);
  if (!container) throw faults.noContainer(containerName);
  if (!container.ports.includes(containerPort)) throw faults.noContainerPort(containerName, containerPort);
  const { alternateTargetGroupArn } = advancedConfiguration ?? {};
  for (const arn of [targetGroupArn, ...(alternateTargetGroupArn ? [alternateTargetGroupArn] : [])]) {
    const group = targets.group(arn);
    if (!group) throw faults.noTargetGroup(arn);
    if (!group.hasLoadBalancer) throw faults.noLoadBalancer(arn);
  }
}
