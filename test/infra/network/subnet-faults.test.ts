import { expect } from "chai";
import { subnetFaults } from "../../../infra/network/subnet-faults";

const good = {
  public: ["10.0.0.0/24", "10.0.1.0/24"],
  private: ["10.0.2.0/24", "10.0.3.0/24"],
  database: ["10.0.4.0/24", "10.0.5.0/24"],
};

describe("subnetFaults", () => {
  it("finds nothing wrong with good blocks, own or cut from the VPC's", () => {
    expect(subnetFaults("10.0.0.0/16", 2, good)).to.deep.equal([]);
    expect(subnetFaults("10.0.0.0/16", 2)).to.deep.equal([]);
  });

  it("finds each fault at its place, all at once", () => {
    const own = { ...good, private: ["10.0.1.128/25", "10.1.0.0/24"], database: ["10.0.4.1/24", "10.0.5.0/29"] };

    expect(subnetFaults("10.0.0.0/16", 2, own)).to.deep.equal([
      { at: "subnets.database[0]", message: "10.0.4.1/24 does not begin a block.", remedy: "Write 10.0.4.0/24." },
      {
        at: "subnets.database[1]",
        message: "10.0.5.0/29 is not a /16 to /28 block.",
        remedy: "AWS takes /16 to /28 for VPCs and subnets.",
      },
      {
        at: "subnets.private[1]",
        message: "10.1.0.0/24 is not inside 10.0.0.0/16.",
        remedy: "Choose a block inside the VPC's.",
      },
      {
        at: "subnets.private[0]",
        message: "10.0.1.128/25 overlaps 10.0.1.0/24 of subnets.public[1].",
        remedy: "Give every subnet addresses of its own.",
      },
    ]);
  });

  it("wants one block for each zone in every tier", () => {
    expect(subnetFaults("10.0.0.0/16", 2, { public: good.public, private: ["10.0.2.0/24"] })).to.deep.equal([
      {
        at: "subnets.private",
        message: "has 1 block(s) for 2 zone(s).",
        remedy: "Give one block a zone in all three tiers, or leave subnets out.",
      },
      {
        at: "subnets.database",
        message: "has 0 block(s) for 2 zone(s).",
        remedy: "Give one block a zone in all three tiers, or leave subnets out.",
      },
    ]);
  });

  it("says so when the VPC's own block is not one, or is too small", () => {
    expect(subnetFaults("10.0.0.7/16", 2)).to.deep.equal([
      { at: "cidr", message: "10.0.0.7/16 does not begin a block.", remedy: "Write 10.0.0.0/16." },
    ]);
    expect(subnetFaults("10.0.0.0/26", 3).map(({ at, message }) => [at, message])).to.deep.equal([
      ["cidr", "10.0.0.0/26 has no room for three subnets in each of 3 zones."],
    ]);
  });
});
