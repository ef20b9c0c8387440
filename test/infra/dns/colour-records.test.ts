import { expect } from "chai";
import { ColourRecords } from "../../../infra/dns/colour-records";
import { recordResources, resourcesOf, settled } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const recordType = "aws:route53/record:Record";
const balancer = { dnsName: "lb-1.eu-central-1.elb.amazonaws.com", hostedZoneId: "Z215JYRZR1TBD5" };

async function recordsOf(settings: object) {
  const { dns } = stackConfig({
    dns: { zoneId: "Z1", name: "www.shop.example", colour: "blue", peer: "green", ...settings },
  });
  if (dns === undefined) throw new Error("no dns");
  const resources = await recordResources();
  new ColourRecords("dns", { config: dns, loadBalancer: balancer });
  await settled();
  return resourcesOf(resources, recordType).map(({ name, inputs, options, parent }) => ({
    name,
    inputs,
    options,
    parent,
  }));
}
const weightOf = async (settings: object): Promise<unknown> =>
  (await recordsOf(settings)).flatMap(({ inputs }) => inputs["weightedRoutingPolicies"] ?? []);

describe("ColourRecords", () => {
  it("gives the colour a name of its own, and a weighted share of the common one that nothing can change", async () => {
    expect(await recordsOf({})).to.deep.equal([
      {
        name: "dns-blue-own",
        parent: "dns",
        inputs: {
          zoneId: "Z1",
          name: "blue.www.shop.example",
          type: "A",
          aliases: [{ name: balancer.dnsName, zoneId: balancer.hostedZoneId, evaluateTargetHealth: true }],
        },
        options: {},
      },
      {
        name: "dns-blue",
        parent: "dns",
        inputs: {
          zoneId: "Z1",
          name: "www.shop.example",
          type: "A",
          setIdentifier: "blue",
          weightedRoutingPolicies: [{ weight: 100 }],
          aliases: [{ name: "blue.www.shop.example", zoneId: "Z1", evaluateTargetHealth: true }],
        },
        options: { ignoreChanges: ["weightedRoutingPolicies"] },
      },
    ]);
  });

  it("begins with all of the traffic on the first colour, so that the second one takes none when it is made", async () => {
    expect([
      await weightOf({ colour: "blue" }),
      await weightOf({ colour: "green", peer: "blue" }),
      await weightOf({ colour: "blue", first: "green" }),
      await weightOf({ colour: "green", peer: "blue", first: "green" }),
    ]).to.deep.equal([[{ weight: 100 }], [{ weight: 0 }], [{ weight: 0 }], [{ weight: 100 }]]);
  });

  it("lets what can change, change the record of the colour's own name alone", async () => {
    const [one, other] = [await recordsOf({}), await recordsOf({ evaluateTargetHealth: false, first: "blue" })];
    const changed = one.filter(({ name }, index) => {
      const text = (record: unknown): string => JSON.stringify(record);
      return text(one[index]) !== text(other[index]) && name !== "";
    });
    expect(changed.map(({ name }) => name)).to.deep.equal(["dns-blue-own"]);
  });
});
