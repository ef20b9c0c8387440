import { formatBlock, parseBlock, sizeOf, type Ipv4Block } from "./ipv4-block";

/** Tiers of subnets: load balancers and NAT, tasks, database. */
export const tiers = ["public", "private", "database"] as const;
export type Tier = (typeof tiers)[number];

/** One block for each zone, by tier. */
export type SubnetBlocks = Readonly<Record<Tier, readonly string[]>>;

/** Blocks of the configuration's own choice. */
export type OwnBlocks = Readonly<Partial<Record<Tier, readonly string[] | undefined>>>;

export type SubnetLayout =
  | { readonly kind: "blocks"; readonly blocks: SubnetBlocks }
  | { readonly kind: "tooSmall"; readonly message: string; readonly remedy: string };

/** Most zones that an environment may have; eight shares leave two spare. */
const mostZones = 6;
const mostShares = 8;

/** The smallest share that has room for three tiers, since AWS' smallest subnet is a /28 (VPC user guide, "Subnet sizing"). */
const smallestShare = 26;

/**
 * Cuts the VPC's block into subnets. The block is divided into equal shares, one a zone, and the number of shares
 * depends on the VPC's block alone: so a zone that is added later does not move the blocks of the others. The
 * private tier gets half of a share, because each task needs an address; the other two get a quarter each.
 *
 * @param vpcCidr a /16 to /28 block; up to /23 it has room for 6 zones, a /24 for 4, a /25 for 2, a /26 for 1
 */
export function layOutSubnets(vpcCidr: string, zones: number): SubnetLayout {
  const vpc = parseBlock(vpcCidr);
  const shares = Math.min(mostShares, 2 ** (smallestShare - vpc.prefix));
  if (zones > Math.min(shares, mostZones)) return tooSmall(vpcCidr, zones);
  const zoneShares = Array.from({ length: zones }, (_, zone) => shareOf(vpc, shares, zone));
  return {
    kind: "blocks",
    blocks: {
      private: zoneShares.map((share) => part(share, 1, 0)),
      public: zoneShares.map((share) => part(share, 2, 2)),
      database: zoneShares.map((share) => part(share, 2, 3)),
    },
  };
}

/** The blocks to make: the configuration's own, or cut from the VPC's. For what `subnetFaults` found nothing wrong with. */
export function subnetBlocks(vpcCidr: string, zones: number, own?: OwnBlocks): SubnetBlocks {
  if (own !== undefined) return { public: own.public ?? [], private: own.private ?? [], database: own.database ?? [] };
  const layout = layOutSubnets(vpcCidr, zones);
  return layout.kind === "blocks" ? layout.blocks : { public: [], private: [], database: [] };
}

function shareOf(vpc: Ipv4Block, shares: number, zone: number): Ipv4Block {
  const prefix = vpc.prefix + Math.log2(shares);
  return { first: vpc.first + zone * sizeOf({ first: 0, prefix }), prefix };
}

/** Part `index` of a block that is cut into 2^`bits` equal parts. */
function part(block: Ipv4Block, bits: number, index: number): string {
  const prefix = block.prefix + bits;
  return formatBlock({ first: block.first + index * sizeOf({ first: 0, prefix }), prefix });
}

function tooSmall(vpcCidr: string, zones: number): SubnetLayout {
  const needed = zones > 4 ? 23 : zones > 2 ? 24 : zones > 1 ? 25 : 26;
  const remedy =
    zones > mostZones
      ? `Use at most ${mostZones} zones.`
      : `Use fewer zones, or a block of /${needed} or larger (a smaller figure after the slash).`;
  return { kind: "tooSmall", message: `${vpcCidr} has no room for three subnets in each of ${zones} zones.`, remedy };
}
