import { layOutSubnets, tiers, type OwnBlocks, type Tier } from "./cidr";
import { aligned, contains, formatBlock, overlap, parseBlock } from "./ipv4-block";

/** What is wrong with a VPC's blocks. */
export interface SubnetFault {
  /** Below `slipway:network`, for example `subnets.private[1]`. */
  readonly at: string;
  readonly message: string;
  readonly remedy: string;
}

interface Placed {
  readonly at: string;
  readonly block: string;
}

/**
 * Every reason for which AWS would refuse these blocks; empty when they are good.
 *
 * @param own the configuration's own subnets; without them the blocks are cut from the VPC's
 */
export function subnetFaults(vpcCidr: string, zones: number, own?: OwnBlocks): readonly SubnetFault[] {
  const vpcFaults = blockFaults({ at: "cidr", block: vpcCidr });
  if (vpcFaults.length > 0) return vpcFaults;
  if (own === undefined) {
    const layout = layOutSubnets(vpcCidr, zones);
    return layout.kind === "blocks" ? [] : [{ at: "cidr", message: layout.message, remedy: layout.remedy }];
  }
  const placed = tiers.flatMap((tier) =>
    (own[tier] ?? []).map((block, index) => ({ at: `subnets.${tier}[${index}]`, block })),
  );
  return [
    ...tiers.flatMap((tier) => countFaults(tier, own[tier]?.length ?? 0, zones)),
    ...placed.flatMap(blockFaults),
    ...placed.flatMap((subnet) => outsideFaults(vpcCidr, subnet)),
    ...overlapFaults(placed),
  ];
}

function countFaults(tier: Tier, count: number, zones: number): SubnetFault[] {
  if (count === zones) return [];
  return [
    {
      at: `subnets.${tier}`,
      message: `has ${count} block(s) for ${zones} zone(s).`,
      remedy: "Give one block a zone in all three tiers, or leave subnets out.",
    },
  ];
}

function blockFaults({ at, block: text }: Placed): SubnetFault[] {
  const block = parseBlock(text);
  if (block.prefix < 16 || block.prefix > 28)
    return [
      { at, message: `${text} is not a /16 to /28 block.`, remedy: "AWS takes /16 to /28 for VPCs and subnets." },
    ];
  const start = formatBlock(aligned(block));
  return start === text ? [] : [{ at, message: `${text} does not begin a block.`, remedy: `Write ${start}.` }];
}

function outsideFaults(vpcCidr: string, { at, block }: Placed): SubnetFault[] {
  if (contains(parseBlock(vpcCidr), aligned(parseBlock(block)))) return [];
  return [{ at, message: `${block} is not inside ${vpcCidr}.`, remedy: "Choose a block inside the VPC's." }];
}

function overlapFaults(placed: readonly Placed[]): SubnetFault[] {
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter((other) => overlap(aligned(parseBlock(one.block)), aligned(parseBlock(other.block))))
      .map((other) => ({
        at: other.at,
        message: `${other.block} overlaps ${one.block} of ${one.at}.`,
        remedy: "Give every subnet addresses of its own.",
      })),
  );
}
