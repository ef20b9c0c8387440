import { expect } from "chai";
import fc from "fast-check";
import { layOutSubnets, subnetBlocks, tiers, type SubnetBlocks } from "../../../infra/network/cidr";
import { aligned, contains, formatBlock, overlap, parseBlock, sizeOf } from "../../../infra/network/ipv4-block";

/** Any VPC block, and a number of zones that fits into it. */
const vpcs = fc
  .record({
    first: fc.nat({ max: 2 ** 32 - 1 }),
    prefix: fc.integer({ min: 16, max: 26 }),
    zones: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ first, prefix, zones }) => ({
    cidr: formatBlock(aligned({ first, prefix })),
    zones: Math.min(zones, 2 ** (26 - prefix)),
  }));

const blocksOf = (cidr: string, zones: number): SubnetBlocks => {
  const layout = layOutSubnets(cidr, zones);
  if (layout.kind === "tooSmall") throw new Error(layout.message);
  return layout.blocks;
};

const allOf = (blocks: SubnetBlocks) => tiers.flatMap((tier) => blocks[tier]).map(parseBlock);

describe("layOutSubnets", () => {
  it("gives the private tier half of a zone's share, and the other two a quarter each", () => {
    expect(layOutSubnets("10.10.0.0/16", 2)).to.deep.equal({
      kind: "blocks",
      blocks: {
        private: ["10.10.0.0/20", "10.10.32.0/20"],
        public: ["10.10.16.0/21", "10.10.48.0/21"],
        database: ["10.10.24.0/21", "10.10.56.0/21"],
      },
    });
  });

  it("still has room for three zones in a /24", () => {
    expect(layOutSubnets("192.168.7.0/24", 3)).to.deep.equal({
      kind: "blocks",
      blocks: {
        private: ["192.168.7.0/27", "192.168.7.64/27", "192.168.7.128/27"],
        public: ["192.168.7.32/28", "192.168.7.96/28", "192.168.7.160/28"],
        database: ["192.168.7.48/28", "192.168.7.112/28", "192.168.7.176/28"],
      },
    });
  });

  it("makes blocks that AWS takes: aligned, /16 to /28, one for each zone and tier", () => {
    fc.assert(
      fc.property(vpcs, ({ cidr, zones }) => {
        const blocks = allOf(blocksOf(cidr, zones));
        expect(blocks).to.have.length(3 * zones);
        for (const block of blocks) {
          expect(aligned(block)).to.deep.equal(block);
          expect(block.prefix).to.be.within(16, 28);
        }
      }),
    );
  });

  it("keeps every block inside the VPC", () => {
    fc.assert(
      fc.property(vpcs, ({ cidr, zones }) => {
        for (const block of allOf(blocksOf(cidr, zones))) expect(contains(parseBlock(cidr), block)).to.equal(true);
      }),
    );
  });

  it("gives no address twice", () => {
    fc.assert(
      fc.property(vpcs, ({ cidr, zones }) => {
        const blocks = allOf(blocksOf(cidr, zones));
        const pairs = blocks.flatMap((one, index) => blocks.slice(index + 1).map((other) => [one, other] as const));
        for (const [one, other] of pairs) expect(overlap(one, other)).to.equal(false);
      }),
    );
  });

  it("leaves the blocks of the other zones where they are when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, ({ cidr, zones }) => {
        const more = blocksOf(cidr, zones);
        const fewer = blocksOf(cidr, Math.max(1, zones - 1));
        for (const tier of tiers) expect(more[tier].slice(0, fewer[tier].length)).to.deep.equal(fewer[tier]);
      }),
    );
  });

  it("gives every zone the same sizes, the private tier twice that of the others", () => {
    fc.assert(
      fc.property(vpcs, ({ cidr, zones }) => {
        const blocks = blocksOf(cidr, zones);
        const [first] = blocks.public.map((block) => sizeOf(parseBlock(block)));
        const sizes = tiers.map((tier) => [...new Set(blocks[tier].map((block) => sizeOf(parseBlock(block))))]);
        expect(sizes).to.deep.equal([[first], [2 * (first ?? 0)], [first]]);
      }),
    );
  });

  const impossible: readonly (readonly [string, number, string])[] = [
    ["10.0.0.0/24", 5, "Use fewer zones, or a block of /23 or larger (a smaller figure after the slash)."],
    ["10.0.0.0/25", 3, "Use fewer zones, or a block of /24 or larger (a smaller figure after the slash)."],
    ["10.0.0.0/26", 2, "Use fewer zones, or a block of /25 or larger (a smaller figure after the slash)."],
    ["10.0.0.0/28", 1, "Use fewer zones, or a block of /26 or larger (a smaller figure after the slash)."],
    ["10.0.0.0/16", 7, "Use at most 6 zones."],
  ];
  for (const [cidr, zones, remedy] of impossible) {
    it(`says what to do when ${zones} zone(s) do not fit into ${cidr}`, () => {
      const message = `${cidr} has no room for three subnets in each of ${zones} zones.`;
      expect(layOutSubnets(cidr, zones)).to.deep.equal({ kind: "tooSmall", message, remedy });
    });
  }

  it("gives advice that works", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 28 }), fc.integer({ min: 1, max: 6 }), (prefix, zones) => {
        const layout = layOutSubnets(`10.0.0.0/${prefix}`, zones);
        if (layout.kind === "blocks") return;
        const advised = /block of (\/\d+)/.exec(layout.remedy)?.[1] ?? "none";
        expect(layOutSubnets(`10.0.0.0${advised}`, zones).kind).to.equal("blocks");
      }),
    );
  });
});

describe("subnetBlocks", () => {
  it("takes the configuration's own blocks as they are", () => {
    const own = { public: ["10.0.1.0/24"], private: ["10.0.2.0/24"], database: ["10.0.3.0/24"] };
    expect(subnetBlocks("10.0.0.0/16", 1, own)).to.deep.equal(own);
  });
});
