import type { Scope } from "../../model/scope";
import type { DeploymentRecord, ServiceRecord } from "./service-record";
import { checkSettings, checkStrategyOf } from "./check-settings";
import { checkStrategy } from "./create-service";
import { deploy } from "./deploy";
import { deploymentConfiguration } from "./deployment-configuration";
import { faults } from "./faults";
import { inputs, parse, type UpdateInput } from "./inputs";
import { revisionSettings, startsDeployment, type RevisionSettings } from "./revision";
import type { ServiceDesk } from "./service-desk";

/** UpdateService. @throws AwsFault */
export async function updateService(desk: ServiceDesk, raw: object, scope: Scope): Promise<ServiceRecord> {
  const input = parse(inputs.updateService, raw as Readonly<Record<string, unknown>>);
  checkStrategy({ capacityProviderStrategy: input.capacityProviderStrategy });
  const cluster = await desk.lookups.cluster(scope, input.cluster);
  const current = (): ServiceRecord => {
    const found = desk.book.find(scope, cluster.name, input.service);
    if (!found) throw faults.serviceNotFound();
    if (found.status !== "ACTIVE") throw faults.serviceNotActive();
    return found;
  };
  checkController(current(), input);
  // The revision that runs may be INACTIVE by now; only one that is asked for must be usable.
  const wanted = input.taskDefinition;
  const definition = wanted === undefined ? undefined : await desk.lookups.definition(scope, wanted);
  const checked =
    definition ??
    (needsDefinition(input) ? await desk.lookups.definition(scope, current().revision.taskDefinition) : undefined);

  // From here on nothing is awaited: two calls at once are one after the other.
  const before = current();
  const settings: RevisionSettings = checked
    ? revisionSettings(input, checked, before.revision)
    : unchecked(input, before.revision);
  if (checked) checkSettings(settings, checked, desk.targets);
  if (input.deploymentConfiguration || input.loadBalancers) {
    checkStrategyOf(input, settings.loadBalancers, before.deploymentController, before.deploymentConfiguration);
  }
  const changed = withPlainSettings(before, input);
  if (!input.forceNewDeployment && !startsDeployment(before.revision, settings)) {
    const kept = withCompute(changed, settings);
    desk.keep(kept);
    return kept;
  }
  const next = deploy(changed, settings, desk.clock.now());
  desk.begin(next, before);
  return next;
}

/** Containers and networks are checked against the task definition. */
const needsDefinition = ({ networkConfiguration, loadBalancers }: UpdateInput): boolean =>
  networkConfiguration !== undefined || loadBalancers !== undefined;

/** The same rules without a look at the task definition, which has not changed. */
function unchecked(input: UpdateInput, before: RevisionSettings): RevisionSettings {
  const { taskDefinition, containers, definitionTags = [] } = before;
  const known = {
    arn: taskDefinition,
    networkMode: undefined,
    compatibilities: [],
    containers: containers.map((one) => ({ ...one, ports: [] })),
    tags: definitionTags,
  };
  return revisionSettings(input, known, before);
}

function checkController({ deploymentController, plain }: ServiceRecord, input: UpdateInput): void {
  if (deploymentController === "CODE_DEPLOY") {
    if (input.forceNewDeployment) throw faults.codeDeployForce();
    if (input.taskDefinition !== undefined) throw faults.codeDeployChange("task definition");
    if (input.networkConfiguration) throw faults.codeDeployChange("network configuration");
    if (input.platformVersion !== undefined) throw faults.codeDeployChange("platform version");
  }
  const wanted = input.deploymentController?.type;
  if (wanted === "CODE_DEPLOY" && deploymentController !== "CODE_DEPLOY") {
    throw faults.invalid("The deployment controller of a service cannot be changed to CODE_DEPLOY.");
  }
  if (input.desiredCount !== undefined && plain.schedulingStrategy === "DAEMON") {
    throw faults.invalid(
      "The daemon scheduling strategy does not support a desired count. Remove the desired count value and try again",
    );
  }
}

/** What UpdateService changes without a deployment. */
function withPlainSettings(record: ServiceRecord, input: UpdateInput): ServiceRecord {
  const { plain } = record;
  const hasLoadBalancer = (input.loadBalancers ?? record.revision.loadBalancers).length > 0;
  if (input.healthCheckGracePeriodSeconds !== undefined && !hasLoadBalancer) throw faults.graceWithoutLoadBalancer();
  const desiredCount = input.desiredCount ?? record.desiredCount;
  const configuration = deploymentConfiguration(input.deploymentConfiguration, record.deploymentConfiguration);
  return {
    ...record,
    desiredCount,
    // A count that differs is a new state to get steady in.
    isSteady: record.isSteady && desiredCount === record.desiredCount,
    deploymentConfiguration: configuration,
    deploymentController: input.deploymentController?.type ?? record.deploymentController,
    healthCheckGracePeriodSeconds:
      input.healthCheckGracePeriodSeconds ?? record.healthCheckGracePeriodSeconds ?? (hasLoadBalancer ? 0 : undefined),
    plain: {
      ...plain,
      enableECSManagedTags: input.enableECSManagedTags ?? plain.enableECSManagedTags,
      enableExecuteCommand: input.enableExecuteCommand ?? plain.enableExecuteCommand,
      propagateTags: input.propagateTags === undefined ? plain.propagateTags : input.propagateTags || "NONE",
      availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? plain.availabilityZoneRebalancing,
      placementConstraints: input.placementConstraints ?? plain.placementConstraints,
      placementStrategy: input.placementStrategy ?? plain.placementStrategy,
      platformVersion: input.platformVersion === undefined ? plain.platformVersion : input.platformVersion || "LATEST",
    },
  };
}

/** A new provider strategy holds for the tasks that start from now on. */
function withCompute(record: ServiceRecord, settings: RevisionSettings): ServiceRecord {
  const { id, arn, createdAt, targetGroups } = record.revision;
  const revision = { ...settings, id, arn, createdAt, targetGroups };
  const deployments = record.deployments.map((one): DeploymentRecord =>
    one.revision.id === id ? { ...one, revision } : one,
  );
  return { ...record, revision, deployments };
}
