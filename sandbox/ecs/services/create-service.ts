import type { Caller } from "../../model/service-api";
import { checkSettings, checkStrategyOf, checkTags } from "./check-settings";
import { deploy } from "./deploy";
import { deploymentConfiguration } from "./deployment-configuration";
import { faults } from "./faults";
import { inputs, parse, type CreateInput } from "./inputs";
import type { ServiceDesk } from "./service-desk";
import { revisionSettings } from "./revision";
import { serviceArn } from "./service-book";
import type { ServiceRecord } from "./service-record";

/** CreateService. A repeated call with equal members answers with the service that is there. @throws AwsFault */
export async function createService(desk: ServiceDesk, raw: object, caller: Caller): Promise<ServiceRecord> {
  const input = parse(inputs.createService, raw as Readonly<Record<string, unknown>>);
  checkMembers(input);
  const cluster = await desk.lookups.cluster(caller, input.cluster);
  const definition = await desk.lookups.definition(caller, input.taskDefinition ?? "");
  const hasCompute = input.launchType !== undefined || (input.capacityProviderStrategy?.length ?? 0) > 0;
  const strategy =
    hasCompute || cluster.defaultStrategy.length === 0
      ? {}
      : { capacityProviderStrategy: cluster.defaultStrategy.map((one) => ({ ...one })) };
  const settings = revisionSettings({ ...input, ...strategy }, definition, undefined);
  const controller = input.deploymentController?.type ?? "ECS";
  checkSettings(settings, definition, desk.targets);
  checkStrategyOf(input, settings.loadBalancers, controller);
  if (input.healthCheckGracePeriodSeconds !== undefined && settings.loadBalancers.length === 0) {
    throw faults.graceWithoutLoadBalancer();
  }
  const configuration = deploymentConfiguration(input.deploymentConfiguration);

  const createdWith = JSON.stringify({ ...input, clientToken: undefined });
  const existing = desk.book.find(caller, cluster.name, input.serviceName);
  if (existing?.status === "DRAINING") throw faults.stillDraining();
  if (existing?.status === "ACTIVE") {
    if (existing.createdWith !== createdWith) throw faults.notIdempotent();
    return existing;
  }
  const now = desk.clock.now();
  const record = deploy(
    {
      account: caller.account,
      region: caller.region,
      arn: serviceArn(caller, cluster.name, input.serviceName),
      name: input.serviceName,
      clusterArn: cluster.arn,
      clusterName: cluster.name,
      status: "ACTIVE",
      desiredCount: input.desiredCount ?? 0,
      deploymentConfiguration: configuration,
      deploymentController: controller,
      healthCheckGracePeriodSeconds: graceOf(input),
      deployments: [],
      events: [],
      createdAt: now,
      createdBy: `arn:aws:iam::${caller.account}:root`,
      tags: input.tags?.map(({ key, value }) => ({ key, value })) ?? [],
      completed: undefined,
      isSteady: false,
      told: {},
      plain: {
        schedulingStrategy: input.schedulingStrategy ?? "REPLICA",
        enableECSManagedTags: input.enableECSManagedTags ?? false,
        enableExecuteCommand: input.enableExecuteCommand ?? false,
        propagateTags: input.propagateTags || "NONE",
        // API_CreateService: ENABLED when nothing is said.
        availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? "ENABLED",
        placementConstraints: input.placementConstraints ?? [],
        placementStrategy: input.placementStrategy ?? [],
        platformVersion: input.platformVersion || "LATEST",
      },
      createdWith,
    },
    settings,
    now,
  );
  desk.begin(record);
  return record;
}

/** With a load balancer the period is told even when it was not given. */
const graceOf = ({ healthCheckGracePeriodSeconds, loadBalancers }: CreateInput): number | undefined =>
  healthCheckGracePeriodSeconds ?? (loadBalancers?.length ? 0 : undefined);

function checkMembers(input: CreateInput): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(input.serviceName)) {
    throw faults.invalid("Service name must be 1 to 255 letters, numbers, underscores and hyphens.");
  }
  if (!input.taskDefinition) throw faults.invalid("TaskDefinition can not be blank.");
  if (input.desiredCount === undefined && input.schedulingStrategy !== "DAEMON") {
    throw faults.invalid("The desired count must be specified for the REPLICA scheduling strategy.");
  }
  if (input.schedulingStrategy === "DAEMON" && input.launchType === "FARGATE") {
    throw faults.invalid("The DAEMON scheduling strategy is not supported for the FARGATE launch type.");
  }
  checkStrategy(input);
  checkTags(input.tags ?? []);
}

/** API_CapacityProviderStrategyItem. @throws AwsFault `InvalidParameterException` */
export function checkStrategy({
  launchType,
  capacityProviderStrategy: strategy = [],
}: Pick<CreateInput, "launchType" | "capacityProviderStrategy">): void {
  if (strategy.length === 0) return;
  if (launchType !== undefined) throw faults.launchTypeAndStrategy();
  if (strategy.every(({ weight }) => weight === 0)) {
    throw faults.invalid("At least one capacity provider must have a weight greater than zero.");
  }
  if (strategy.filter(({ base }) => base > 0).length > 1) {
    throw faults.invalid("Only one capacity provider in a capacity provider strategy can have a base defined.");
  }
}
