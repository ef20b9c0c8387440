/** One kind of subnet, as the component is given it. */
export interface SubnetSpec {
  readonly type: string;
  readonly name?: string;
  /** One block per zone. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** One subnet to make. */
export interface PlannedSubnet {
  readonly name: string;
  readonly type: string;
  readonly zone: string;
  /** Position of the zone, from 0. */
  readonly zoneIndex: number;
  readonly cidrBlock: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** NAT gateways are made in this order of subnets: a private route needs the gateway of a public subnet. */
const order: readonly string[] = ["public", "private", "isolated"];

/**
 * The subnets of each zone in the order in which they are made. Throws for a layout that the component refuses, and for
 * one without explicit blocks, which this stand-in does not lay out.
 */
export function subnetLayout(
  vpcName: string,
  zones: readonly string[],
  specs: readonly SubnetSpec[] | undefined,
): readonly PlannedSubnet[] {
  if (specs === undefined || specs.some(({ cidrBlocks }) => cidrBlocks === undefined)) {
    throw new Error(
      "The sandbox lays out a VPC only by explicit subnetSpecs[*].cidrBlocks: add other layouts to sandbox/plugin/awsx/subnet-layout.ts",
    );
  }
  const issues = specs.flatMap(({ cidrBlocks = [] }, index) =>
    cidrBlocks.length === zones.length
      ? []
      : [
          `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zones.length}).`,
        ],
  );
  if (issues.length > 0) throw new Error(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);

  const planned = zones.flatMap((zone, zoneIndex) =>
    [...specs]
      .filter(({ type }) => type !== "Unused")
      .sort((left, right) => rank(left) - rank(right))
      .map((spec) => ({
        name: `${vpcName}-${spec.name ?? spec.type.toLowerCase()}-${zoneIndex + 1}`,
        type: spec.type,
        zone,
        zoneIndex,
        cidrBlock: spec.cidrBlocks?.[zoneIndex] ?? "",
        tags: spec.tags ?? {},
      })),
  );
  refuseOverlaps(planned);
  return planned;
}

/** Whether the public subnet of this zone gets a NAT gateway. */
export function hasNatGateway(strategy: NatStrategy, zoneIndex: number): boolean {
  switch (strategy) {
    case "none":
      return false;
    case "single":
      return zoneIndex === 0;
    case "oneperaz":
      return true;
  }
}

export type NatStrategy = "none" | "single" | "oneperaz";

/** Reads the strategy as the component does, in any case of letters; it needs both public and private subnets. */
export function natStrategy(text: string | undefined, subnets: readonly PlannedSubnet[]): NatStrategy {
  const strategy = (text ?? "OnePerAz").toLowerCase();
  if (strategy !== "none" && strategy !== "single" && strategy !== "oneperaz")
    throw new Error(`Unknown NatGatewayStrategy '${text}'`);
  const has = (type: string): boolean => subnets.some((subnet) => subnet.type.toLowerCase() === type);
  if (strategy !== "none" && !(has("public") && has("private"))) {
    throw new Error(
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', both private and public subnets must be declared.",
    );
  }
  return strategy;
}

function rank({ type }: SubnetSpec): number {
  const position = order.indexOf(type.toLowerCase());
  return position < 0 ? order.length : position;
}

function refuseOverlaps(subnets: readonly PlannedSubnet[]): void {
  const overlapping = subnets.filter((subnet) =>
    subnets.some((other) => other !== subnet && overlaps(subnet.cidrBlock, other.cidrBlock)),
  );
  if (overlapping.length === 0) return;
  const list = overlapping.map(({ name, cidrBlock }, index) => `${index + 1}. ${name}: ${cidrBlock}`).join("\n");
  throw new Error(`The following subnets overlap with at least one other subnet:\n\n${list}`);
}

function overlaps(left: string, right: string): boolean {
  const [one, other] = [range(left), range(right)];
  return one.first <= other.last && other.first <= one.last;
}

function range(block: string): { readonly first: number; readonly last: number } {
  const [address = "", length = "32"] = block.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(length)) - 1 };
}
