import { expect } from "chai";
import { hasNatGateway, natStrategy, subnetLayout } from "../../../sandbox/plugin/awsx/subnet-layout";

const specs = [
  { type: "Isolated", name: "database", cidrBlocks: ["10.0.4.0/24", "10.0.5.0/24"] },
  { type: "Private", cidrBlocks: ["10.0.2.0/24", "10.0.3.0/24"] },
  { type: "Public", name: "web", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"], tags: { A: "1" } },
];
const zones = ["a", "b"];

describe("subnetLayout", () => {
  it("makes the subnets of a zone in the order public, private, isolated, named after spec and zone", () => {
    const planned = subnetLayout("net", zones, specs);

    expect(planned.map(({ name, zone, cidrBlock }) => [name, zone, cidrBlock])).to.deep.equal([
      ["net-web-1", "a", "10.0.0.0/24"],
      ["net-private-1", "a", "10.0.2.0/24"],
      ["net-database-1", "a", "10.0.4.0/24"],
      ["net-web-2", "b", "10.0.1.0/24"],
      ["net-private-2", "b", "10.0.3.0/24"],
      ["net-database-2", "b", "10.0.5.0/24"],
    ]);
    expect(planned[0]).to.deep.include({ type: "Public", zoneIndex: 0, tags: { A: "1" } });
  });

  it("refuses what it cannot lay out, and says where to add it", () => {
    expect(() => subnetLayout("net", zones, [{ type: "Public" }])).to.throw("sandbox/plugin/awsx/subnet-layout.ts");
    expect(() => subnetLayout("net", zones, undefined)).to.throw("explicit subnetSpecs[*].cidrBlocks");
  });

  it("refuses a list of blocks that does not fit the zones, and blocks that overlap", () => {
    expect(() => subnetLayout("net", ["a"], specs)).to.throw(
      "The number of CIDR blocks in subnetSpecs[0] must match the number of availability zones (1).",
    );
    expect(() =>
      subnetLayout(
        "net",
        ["a"],
        [
          { type: "Public", cidrBlocks: ["10.0.0.0/16"] },
          { type: "Private", cidrBlocks: ["10.0.1.0/24"] },
        ],
      ),
    ).to.throw("1. net-public-1: 10.0.0.0/16\n2. net-private-1: 10.0.1.0/24");
  });
});

describe("natStrategy", () => {
  const planned = subnetLayout("net", zones, specs);

  it("puts no gateway, one, or one in each zone", () => {
    const gateways = (text: string | undefined) =>
      zones.map((_, index) => hasNatGateway(natStrategy(text, planned), index));

    expect(gateways("None")).to.deep.equal([false, false]);
    expect(gateways("Single")).to.deep.equal([true, false]);
    expect(gateways("OnePerAz")).to.deep.equal([true, true]);
    expect(gateways(undefined)).to.deep.equal([true, true]);
  });

  it("needs a public subnet to stand in and a private one to serve", () => {
    expect(() =>
      natStrategy(
        "Single",
        planned.filter(({ type }) => type !== "Public"),
      ),
    ).to.throw("both private and public subnets must be declared");
    expect(() => natStrategy("Double", planned)).to.throw("Unknown NatGatewayStrategy 'Double'");
  });
});
