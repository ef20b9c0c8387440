import * as pulumi from "@pulumi/pulumi";
import * as aws from "./aws";
import { Alarms } from "./alarms/alarms";
import { watchedBy } from "./alarms/watched";
import { readConfig } from "./config/read";
import { ownDatabase } from "./config/database";
import type { StackConfig } from "./config/schema";
import { Database } from "./database/database";
import { referencedDatabase } from "./database/reference";
import { ColourRecords } from "./dns/colour-records";
import { EnvironmentName } from "./environment-name";
import { comesTo, type Layer } from "./layers";
import { LoadBalancer } from "./load-balancer/load-balancer";
import { defaultTags, makeNames, physicalStackName } from "./naming";
import { nativeArgsOf } from "./native-args";
import { Network } from "./network/network";
import { SecurityGroups } from "./network/security-groups";
import { readPreviousOutputs } from "./previous-outputs";
import { outputsOf } from "./program-outputs";
import type { ProgramInputs } from "./program-inputs";
import { refuseLeavingEcs, releasedServices } from "./released-services";
import { mergeReleases, strandedServices, type Releases } from "./releases";
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
  refuseLeavingEcs(previous, config);
  const known = { ...inputs.firstReleases, ...previous.releases };
  const releases = nextReleases(config, known, inputs.releases ?? {});
  refuseOtherColour(config, previous.all["DnsColour"]);
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
      database: config.database,
    },
    opts,
  );
  const ownConfig = ownDatabase(config.database);
  const own =
    ownConfig === undefined || securityGroups.databaseId === undefined || !declares("database")
      ? undefined
      : new Database(
          "database",
          {
            names,
            config: ownConfig,
            subnetIds: network.databaseSubnetIds,
            securityGroupId: securityGroups.databaseId,
            suppliedPassword: databasePassword,
            teardown,
          },
          opts,
        );
  const database = config.database?.mode === "reference" ? referencedDatabase(config.database) : own;
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
            releasedServices: releasedServices(previous, config),
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
  const after = [securityGroups, secrets, cluster.capacity, ...(own === undefined ? [] : [own])];
  const native = nativeArgsOf(config, names.alarmPrefix, loadBalancer?.nativeRules ?? {});
  const services: Record<string, FargateService> = {};
  for (const [name, service] of Object.entries(config.services)) {
    const release = releases[name];
    if (release === undefined || inputs.services?.includes(name) === false) continue;
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
        native: native[name],
        secretArns,
        logRetentionDays,
        usesSpot: spotServices.includes(name),
        after: [...after, ...(loadBalancer?.routing ?? [])],
      },
      opts,
    );
  }

  const dns =
    config.dns === undefined || loadBalancer === undefined
      ? undefined
      : new ColourRecords("dns", { config: config.dns, loadBalancer }, opts);

  const { email, rules } = config.alarms;
  const watched = watchedBy({ config, names, cluster, loadBalancer, services, database });
  const alarms =
    (rules.length === 0 && email === undefined) || !declares("alarms")
      ? undefined
      : new Alarms(
          "alarms",
          { names, config: config.alarms, watched, storageGb: ownConfig?.storageGb, only: inputs.services },
          opts,
        );

  if (inputs.services !== undefined) return { ...previous.all, releases };
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
    dns,
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

/** An environment that changed its colour would take the traffic of the other one away from it. */
function refuseOtherColour({ dns }: StackConfig, previous: unknown): void {
  if (dns === undefined || typeof previous !== "string" || dns.colour === previous) return;
  throw new pulumi.RunError(
    `slipway:dns.colour is ${dns.colour}, and this environment is ${previous}. A colour never changes; ` +
      "`slipway switch` moves the traffic.",
  );
}
