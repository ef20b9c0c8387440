import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Alarms } from "./alarms/alarms";
import { watchedBy } from "./alarms/watched";
import { readConfig } from "./config/read";
import type { StackConfig } from "./config/schema";
import { Database } from "./database/database";
import { EnvironmentName } from "./environment-name";
import { comesTo, type Layer } from "./layers";
import { LoadBalancer } from "./load-balancer/load-balancer";
import { defaultTags, makeNames, physicalStackName } from "./naming";
import { Network } from "./network/network";
import { SecurityGroups } from "./network/security-groups";
import { readPreviousOutputs } from "./previous-outputs";
import { outputsOf } from "./program-outputs";
import type { ProgramInputs } from "./program-inputs";
import { mergeReleases, slots, slotsOf, strandedServices, type Releases } from "./releases";
import { Secrets } from "./secrets/secrets";
import { Cluster } from "./service/cluster";
import { FargateService } from "./service/service";

/**
 * Declares one environment from the engine's configuration and gives its outputs (`infra/outputs.ts`).
 *
 * @throws pulumi.RunError when the configuration or the passed releases cannot be built; nothing is declared then
 */
export async function program(inputs: ProgramInputs): Promise<Record<string, unknown>> {
  const { config, region, databasePassword } = readConfig();
  const previous = await readPreviousOutputs();
  const releases = nextReleases(config, previous.releases, inputs.releases ?? {});
  const names = makeNames(config, physicalStackName(config, previous.stackName, inputs.startedAt));
  const spotServices = Object.keys(config.services).filter(
    (name) => config.services[name]?.spot === true || previous.spotServices.includes(name),
  );
  const { teardown } = inputs;
  const declares = (layer: Layer): boolean => comesTo(layer, inputs.layer);
  const accountId = config.account.id;
  const logRetentionDays = config.logs.retentionDays;

  const provider = new aws.Provider("aws", {
    region,
    // A run with the wrong credentials fails before anything is made, also without the driver's guard.
    allowedAccountIds: [accountId],
    defaultTags: { tags: defaultTags(config) },
  });
  const opts = { providers: [provider] };
  new EnvironmentName("environment", { stackName: names.stack });

  const network = new Network("network", { names, config: config.network, accountId, logRetentionDays, region }, opts);
  const securityGroups = new SecurityGroups(
    "security-groups",
    {
      vpcId: network.vpcId,
      vpcCidr: network.vpcCidr,
      network: config.network,
      s3PrefixListId: network.s3PrefixListId,
      loadBalancer: config.loadBalancer,
      services: config.services,
      hasDatabase: config.database !== undefined,
    },
    opts,
  );
  const database =
    config.database === undefined || securityGroups.databaseId === undefined || !declares("database")
      ? undefined
      : new Database(
          "database",
          {
            names,
            config: config.database,
            subnetIds: network.databaseSubnetIds,
            securityGroupId: securityGroups.databaseId,
            suppliedPassword: databasePassword,
            teardown,
          },
          opts,
        );
  if (!declares("services")) return previous.all;

  const secrets = new Secrets("secrets", { names, config: config.secrets }, opts);
  const cluster = new Cluster("cluster", { names }, opts);
  const loadBalancer =
    config.loadBalancer === undefined || securityGroups.loadBalancerId === undefined
      ? undefined
      : new LoadBalancer(
          "load-balancer",
          {
            names,
            config: config.loadBalancer,
            services: config.services,
            releases,
            releasedServices: servicesWithTwoSlots(previous.releases, config),
            vpcId: network.vpcId,
            publicSubnetIds: network.publicSubnetIds,
            privateSubnetIds: network.privateSubnetIds,
            securityGroupId: securityGroups.loadBalancerId,
            teardown,
          },
          opts,
        );

  const secretArns = { ...secrets.arns, ...(database === undefined ? {} : { database: database.secretArn }) };
  // A task that starts before these are in place fails, and ECS counts it against the deployment.
  const after = [securityGroups, secrets, cluster.capacity, ...(database === undefined ? [] : [database])];
  const services: Record<string, FargateService> = {};
  for (const [name, service] of Object.entries(config.services)) {
    const release = releases[name];
    if (release === undefined) continue;
    const targetGroups = loadBalancer?.targetGroups[name] ?? {};
    services[name] = new FargateService(
      name,
      {
        names,
        config: service,
        release,
        accountId,
        region,
        clusterArn: cluster.arn,
        clusterName: cluster.clusterName,
        subnetIds: network.privateSubnetIds,
        securityGroupId: securityGroups.servicesId,
        targetGroups,
        secretArns,
        logRetentionDays,
        usesSpot: spotServices.includes(name),
        after: [...after, ...(loadBalancer?.routing ?? [])],
      },
      opts,
    );
  }

  const { email, rules } = config.alarms;
  const watched = watchedBy({ config, cluster, loadBalancer, services, database });
  const alarms =
    (rules.length === 0 && email === undefined) || !declares("alarms")
      ? undefined
      : new Alarms("alarms", { names, config: config.alarms, watched, storageGb: config.database?.storageGb }, opts);

  const outputs = outputsOf({
    config,
    names,
    releases,
    spotServices,
    network,
    securityGroups,
    database,
    cluster,
    loadBalancer,
    services,
    alarms,
  });
  return inputs.layer === undefined ? outputs : { ...previous.all, ...outputs };
}

function nextReleases(config: StackConfig, previous: Releases, passed: Releases): Releases {
  const unknown = Object.keys(passed).filter((service) => config.services[service] === undefined);
  if (unknown.length > 0) throw new pulumi.RunError(`There is no service ${unknown.join(", ")} to release.`);
  const releases = mergeReleases(previous, passed, config.services);
  const stranded = strandedServices(releases, config.services);
  if (stranded.length === 0) return releases;
  throw new pulumi.RunError(
    `${stranded.join(", ")}: slot green is live, and a service that rolls, or that ECS shifts, has slot blue alone. ` +
      "Release once more, so that blue is live, and change the strategy then.",
  );
}

/** Services whose listener rules name both slots since an earlier run, and still shall. */
function servicesWithTwoSlots(previous: Releases, { services }: StackConfig): ReadonlySet<string> {
  const found = Object.entries(services).filter(
    ([name, service]) =>
      slotsOf(service).length === 2 && slots.every((slot) => previous[name]?.slots[slot] !== undefined),
  );
  return new Set(found.map(([name]) => name));
}
