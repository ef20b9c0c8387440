import type { StackConfig } from "../../infra/config/schema";

/** What somebody else has made and a configuration only refers to; `sandbox/emulator/seeds.py` makes it exist, once. */
export interface Seeds {
  readonly account: string;
  readonly region: string;
  /** ARNs in ACM. */
  readonly certificates: readonly string[];
  readonly networks: readonly {
    readonly id: string;
    readonly cidr: string;
    readonly subnets: readonly {
      readonly id: string;
      readonly cidr: string;
      readonly zone: string;
      readonly public: boolean;
    }[];
  }[];
  /** In the account's own registry. */
  readonly images: readonly { readonly region: string; readonly repository: string; readonly tag: string }[];
  /** ARNs, with the JSON fields that are read of each. */
  readonly secrets: readonly { readonly id: string; readonly keys: readonly string[] }[];
  /** Hosted zones of Route 53. */
  readonly zones: readonly { readonly id: string; readonly name: string }[];
  /** Security groups of adopted VPCs. */
  readonly securityGroups: readonly { readonly id: string; readonly vpcId: string }[];
  /** Names or ARNs of SSM parameters. */
  readonly parameters: readonly string[];
}

/** Of the secret that the program makes for a database. */
const databaseFields = ["host", "port", "database", "username", "password"] as const;

/** Nothing says which block an adopted VPC has; the sandbox gives each the same one, as VPCs do not see each other. */
const adoptedBlock = "10.0.0.0/16";

/**
 * A build has pushed the images, an operator has made the secrets: without them no task would start. What belongs to
 * another account is not seeded: whether one may have it is not this configuration's to say.
 */
export function seedsOf(config: StackConfig, region: string): Seeds {
  const certificate = config.loadBalancer?.https?.certificateArn;
  return {
    account: config.account.id,
    region,
    certificates: certificate?.includes(":acm:") ? [certificate] : [],
    networks: config.network.mode === "adopt" ? [adopted(config.network, region)] : [],
    images: images(config),
    // Nothing says which domain the zone has; the one above the name is the nearest that it can be in.
    zones: config.dns === undefined ? [] : [{ id: config.dns.zoneId, name: config.dns.name.replace(/^[^.]+\./, "") }],
    securityGroups:
      config.database?.mode === "reference" && config.network.mode === "adopt"
        ? [{ id: config.database.securityGroupId, vpcId: config.network.vpcId }]
        : [],
    ...referenced(config, region),
  };
}

const containersOf = (config: StackConfig) =>
  Object.values(config.services).flatMap(({ containers }) => Object.values(containers));

/** `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`; images of other registries are pulled without a check. */
function images(config: StackConfig): Seeds["images"] {
  const all = containersOf(config).flatMap(({ image }) => {
    const [, account, region, repository] =
      /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/.exec(image.repository) ?? [];
    return region && repository && account === config.account.id ? [{ region, repository, tag: image.tag }] : [];
  });
  return [...new Map(all.map((image) => [JSON.stringify(image), image])).values()];
}

function referenced(config: StackConfig, region: string): Pick<Seeds, "secrets" | "parameters"> {
  const references = containersOf(config).flatMap(({ secrets }) => Object.values(secrets));
  const fields = new Map<string, Set<string>>();
  const database = config.database?.mode === "reference" ? config.database.secretArn : undefined;
  if (database !== undefined && isHere(database, config, region)) fields.set(database, new Set(databaseFields));
  const parameters = new Set<string>();
  for (const reference of references) {
    if ("parameter" in reference) {
      if (isHere(reference.parameter, config, region)) parameters.add(reference.parameter);
    } else if (reference.secret.startsWith("arn:") && isHere(reference.secret, config, region)) {
      const keys = fields.get(reference.secret) ?? new Set();
      if (reference.key !== undefined) keys.add(reference.key);
      fields.set(reference.secret, keys);
    }
  }
  return { secrets: [...fields].map(([id, keys]) => ({ id, keys: [...keys] })), parameters: [...parameters] };
}

/** A name is of this account and region; an ARN says so itself. */
function isHere(nameOrArn: string, config: StackConfig, region: string): boolean {
  const [prefix, , , itsRegion, account] = nameOrArn.split(":");
  return prefix !== "arn" || (account === config.account.id && itsRegion === region);
}

function adopted(
  network: Extract<StackConfig["network"], { mode: "adopt" }>,
  region: string,
): Seeds["networks"][number] {
  const tiers = [network.publicSubnetIds, network.privateSubnetIds, network.databaseSubnetIds ?? []];
  const ids = [...new Set(tiers.flat())];
  return {
    id: network.vpcId,
    cidr: adoptedBlock,
    subnets: ids.map((id, index) => ({
      id,
      cidr: `10.0.${index}.0/24`,
      zone: `${region}${"abc"[placeOf(id, tiers) % 3]}`,
      public: network.publicSubnetIds.includes(id),
    })),
  };
}

/** Subnets of one tier are in different zones: AWS wants two for a load balancer or a database. */
const placeOf = (id: string, tiers: readonly (readonly string[])[]): number =>
  tiers.map((tier) => tier.indexOf(id)).find((place) => place >= 0) ?? 0;
