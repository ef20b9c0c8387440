import { expect } from "chai";
import { resolver } from "../../../sandbox/dns/resolver";
import { loneEmulator, type LoneEmulator } from "./emulator";

/** Text of the first element of this name. */
const element = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";

interface Record {
  readonly set: string;
  readonly weight: number;
  readonly value: string;
  readonly ttl?: number;
}

const recordXml = ({ set, weight, value, ttl = 30 }: Record): string =>
  `<Name>www.shop.example</Name><Type>A</Type><SetIdentifier>${set}</SetIdentifier><Weight>${weight}</Weight>` +
  `<TTL>${ttl}</TTL><ResourceRecords><ResourceRecord><Value>${value}</Value></ResourceRecord></ResourceRecords>`;

const blue = { set: "blue", weight: 1, value: "10.0.0.1" };
const green = { set: "green", weight: 0, value: "10.0.0.2" };

describe("changes of hosted zones", () => {
  let cloud: LoneEmulator;
  let zone: string;
  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());
  beforeEach(async () => {
    await cloud.fresh();
    const made = await cloud.rest(
      "POST",
      "/hostedzone",
      `<CreateHostedZoneRequest><Name>shop.example</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>`,
    );
    zone = element(made.text, "Id");
  });

  const change = (...changes: readonly (readonly [string, Record])[]) =>
    cloud.rest(
      "POST",
      `${zone}/rrset/`,
      `<ChangeResourceRecordSetsRequest><ChangeBatch><Changes>${changes
        .map(
          ([action, record]) =>
            `<Change><Action>${action}</Action><ResourceRecordSet>${recordXml(record)}</ResourceRecordSet></Change>`,
        )
        .join("")}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
    );
  const statusOf = async (id: string) => element((await cloud.rest("GET", id)).text, "Status");
  const listed = async () =>
    [...(await cloud.rest("GET", `${zone}/rrset`)).text.matchAll(/<Value>(10[^<]*)</g)].map(([, ip]) => ip);
  const names = () =>
    resolver({
      moto: cloud.moto,
      clock: { now: () => cloud.now() },
      random: () => 0,
      targetHealth: () => true,
      ports: () => [],
    });

  it("are PENDING for a minute; the records are listed at once, but answered only then", async () => {
    const { text } = await change(["CREATE", blue], ["CREATE", green]);
    const id = element(text, "Id");
    const before = [
      await statusOf(id),
      await listed(),
      (await names().resolve(cloud.scope, "www.shop.example", "A")).kind,
    ];
    await cloud.pass(60);
    const { answers, ttl, notes } = await names().resolve(cloud.scope, "www.shop.example", "A");

    expect(before).to.deep.equal(["PENDING", ["10.0.0.1", "10.0.0.2"], "nxdomain"]);
    expect([await statusOf(id), answers, ttl, notes]).to.deep.equal([
      "INSYNC",
      ["10.0.0.1"],
      30,
      ["The zone has changed: resolvers may answer as before for 30 s more."],
    ]);
  });

  it("answer as before until the weights have reached the name servers", async () => {
    await change(["CREATE", blue], ["CREATE", green]);
    await cloud.pass(600);
    await change(["UPSERT", { ...blue, weight: 0 }], ["UPSERT", { ...green, weight: 1 }]);
    const answer = async () => (await names().resolve(cloud.scope, "www.shop.example", "A")).answers;
    const during = await answer();
    await cloud.pass(60);

    expect([during, await answer()]).to.deep.equal([["10.0.0.1"], ["10.0.0.2"]]);
  });

  it("are done as a whole or not at all", async () => {
    await change(["CREATE", blue]);
    const { status, text } = await change(["CREATE", green], ["CREATE", blue]);

    expect([status, element(text, "Code"), element(text, "Message").replaceAll("&apos;", "'")]).to.deep.equal([
      400,
      "InvalidChangeBatch",
      "[Tried to create resource record set [name='www.shop.example.', type='A', set identifier='blue'] but it already exists]",
    ]);
    expect(await listed()).to.deep.equal(["10.0.0.1"]);
  });

  it("delete only what is there, and only with all its values", async () => {
    await change(["CREATE", blue], ["CREATE", green]);
    const refused = [
      await change(["DELETE", { ...blue, set: "red" }]),
      await change(["DELETE", { ...blue, weight: 2 }]),
      await change(["DELETE", { ...blue, value: "10.0.0.9" }]),
    ].map(({ text }) => /but (it was not found|the values provided do not match the current values)/.exec(text)?.[1]);
    await change(["DELETE", blue]);

    const mismatch = "the values provided do not match the current values";
    expect(refused).to.deep.equal(["it was not found", mismatch, mismatch]);
    expect(await listed()).to.deep.equal(["10.0.0.2"]);
  });

  it("give all records of a name the TTL that was written last", async () => {
    await change(["CREATE", blue], ["CREATE", green]);
    await change(["UPSERT", { ...green, ttl: 5 }]);

    const { text } = await cloud.rest("GET", `${zone}/rrset`);
    expect([...text.matchAll(/<TTL>(\d+)</g)].map(([, ttl]) => ttl).slice(-2)).to.deep.equal(["5", "5"]);
  });

  it("that nobody has made are not known", async () => {
    const { status, text } = await cloud.rest("GET", "/change/C000");

    expect([status, element(text, "Code")]).to.deep.equal([404, "NoSuchChange"]);
  });
});
