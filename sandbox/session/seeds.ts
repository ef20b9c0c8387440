import type { StackConfig } from "../../infra/config/schema";

/** What somebody else has made and a configuration only refers to; `sandbox/emulator/seeds.py` makes it exist. */
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
}

/** Nothing says which block an adopted VPC has; the sandbox gives each the same one, as VPCs do not see each other. */
const adoptedBlock = "10.0.0.0/16";

/** moto refuses a listener whose certificate it does not know and a subnet that is not there, as AWS does. */
export function seedsOf(config: StackConfig, region: string): Seeds {
  const certificate = config.loadBalancer?.https?.certificateArn;
  return {
    account: config.account.id,
    region,
    certificates: certificate?.includes(":acm:") ? [certificate] : [],
    networks: config.network.mode === "adopt" ? [adopted(config.network, region)] : [],
  };
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
