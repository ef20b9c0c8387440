import { expect } from "chai";
import { invokes } from "../../../../sandbox/plugin/aws/invokes";
import type { Properties } from "../../../../sandbox/plugin/handler";
import { TestWorld } from "./test-world";

/** Each function: its arguments beside a network of its own, and what of the answer programs build upon. */
const cases: Readonly<Record<keyof typeof invokes, (world: TestWorld) => Promise<[Properties, Properties]>>> = {
  "aws:index/getRegion:getRegion": async () => [
    {},
    { id: "eu-central-1", name: "eu-central-1", region: "eu-central-1" },
  ],
  "aws:index/getCallerIdentity:getCallerIdentity": async () => [{}, { accountId: "123456789012" }],
  "aws:index/getPartition:getPartition": async () => [{}, { partition: "aws", dnsSuffix: "amazonaws.com" }],
  "aws:index/getAvailabilityZones:getAvailabilityZones": async () => [
    { state: "available", excludeNames: ["eu-central-1c"] },
    { names: ["eu-central-1a", "eu-central-1b"], groupNames: ["eu-central-1"] },
  ],
  "aws:ec2/getVpc:getVpc": async (world) => {
    const { id } = await world.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16", enableDnsHostnames: true });
    return [{ id }, { id, cidrBlock: "10.30.0.0/16", default: false, enableDnsHostnames: true, state: "available" }];
  },
  "aws:ec2/getSubnet:getSubnet": async (world) => {
    const vpc = await world.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.30.0.0/16" });
    const place = { vpcId: vpc.id, cidrBlock: "10.30.0.0/24", availabilityZone: "eu-central-1a" };
    const { id } = await world.make("aws:ec2/subnet:Subnet", place);
    return [{ vpcId: vpc.id }, { id, ...place, mapPublicIpOnLaunch: false }];
  },
};

describe("every function of the stand-in AWS provider", function () {
  this.timeout(60_000);

  for (const [token, prepare] of Object.entries(cases) as [
    keyof typeof invokes,
    (typeof cases)[keyof typeof invokes],
  ][]) {
    it(`${token} answers as the provider does`, async function () {
      const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
      if (endpoint === undefined) return this.skip();
      const world = new TestWorld(endpoint);
      try {
        const [args, expected] = await prepare(world);

        expect(await invokes[token](args, world)).to.deep.include(expected);
      } finally {
        await world.removeAll();
      }
    });
  }
});
