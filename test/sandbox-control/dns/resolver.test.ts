import { expect } from "chai";
import { resolver, type ResolverOptions } from "../../../sandbox/dns/resolver";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

const scope = { account: "123456789012", region: "eu-central-1" };
const blue = "blue-1.eu-central-1.elb.amazonaws.com";
const green = "green-1.eu-central-1.elb.amazonaws.com";

const listener = (loadBalancer: string, dnsName: string, port: number) => ({
  ...scope,
  loadBalancer,
  dnsName,
  protocol: "HTTP" as const,
  port,
  address: `http://127.0.0.1:${20_000 + port}`,
});

const zone = (Name: string, records: readonly object[], fields: object = {}) => ({
  Id: `/hostedzone/${Name}`,
  Name,
  PrivateZone: false,
  IsPending: false,
  InSyncAt: null,
  ResourceRecordSets: records.map((record) => ({ Type: "A", TTL: 60, ...record })),
  ...fields,
});

const alias = (DNSName: string, EvaluateTargetHealth = true) => ({
  TTL: undefined,
  AliasTarget: { HostedZoneId: "Z2P70J7EXAMPLE", DNSName, EvaluateTargetHealth },
});

function dns(zones: readonly object[], options: Partial<ResolverOptions> = {}, HealthChecks: readonly object[] = []) {
  return resolver({
    moto: new FakeMoto({
      "/slipway/zones": () => ({ Zones: JSON.parse(JSON.stringify(zones)) as unknown, HealthChecks }),
    }),
    clock: new FakeSandboxClock("2026-01-01T00:00:00Z"),
    random: () => 0,
    targetHealth: () => true,
    ports: () => [listener("blue", blue, 80), listener("blue", blue, 443), listener("green", green, 80)],
    ...options,
  });
}

const answersOf = async (asked: ReturnType<ReturnType<typeof dns>["resolve"]>) => (await asked).answers;

describe("resolver", () => {
  it("answers a simple record with all its values, whatever the case and the dot at the end", async () => {
    const shop = zone("shop.example.", [{ Name: "WWW.shop.example.", Values: ["10.0.0.1", "10.0.0.2"], TTL: 300 }]);

    expect(await dns([shop]).resolve(scope, "www.Shop.example.", "A")).to.deep.equal({
      kind: "answer",
      answers: ["10.0.0.1", "10.0.0.2"],
      records: ["www.shop.example A"],
      ttl: 300,
      listeners: [],
      notes: [],
    });
  });

  it("answers an alias to a load balancer with this machine and the ports of its listeners", async () => {
    const shop = zone("shop.example.", [{ Name: "shop.example.", ...alias(`dualstack.${blue}.`) }]);

    expect(await dns([shop]).resolve(scope, "shop.example", "A")).to.deep.equal({
      kind: "answer",
      answers: ["127.0.0.1"],
      records: ["shop.example A", `dualstack.${blue} A`],
      ttl: 60,
      listeners: [
        { port: 80, address: "http://127.0.0.1:20080" },
        { port: 443, address: "http://127.0.0.1:20443" },
      ],
      notes: [],
    });
  });

  it("answers the name of a load balancer itself, and nothing for another type", async () => {
    const answer = await dns([]).resolve(scope, green, "a");

    expect([answer.answers, answer.listeners.length]).to.deep.equal([["127.0.0.1"], 1]);
    expect((await dns([]).resolve(scope, green, "TXT")).kind).to.equal("nodata");
  });

  it("tells a name that is not there from one that has another type", async () => {
    const shop = zone("shop.example.", [{ Name: "www.shop.example.", Values: ["10.0.0.1"] }]);
    const names = dns([shop]);

    expect([
      (await names.resolve(scope, "www.shop.example", "MX")).kind,
      (await names.resolve(scope, "wwww.shop.example", "A")).kind,
      (await names.resolve(scope, "www.elsewhere.example", "A")).kind,
      (await names.resolve(scope, "myshop.example", "A")).kind,
    ]).to.deep.equal(["nodata", "nxdomain", "nxdomain", "nxdomain"]);
  });

  it("asks the zone with the longest matching name, and private ones only from inside", async () => {
    const zones = [
      zone("shop.example.", [{ Name: "a.in.shop.example.", Values: ["1.1.1.1"] }]),
      zone("in.shop.example.", [{ Name: "a.in.shop.example.", Values: ["2.2.2.2"] }]),
      zone("in.shop.example.", [{ Name: "a.in.shop.example.", Values: ["3.3.3.3"] }], { PrivateZone: true }),
    ];
    const question = { name: "a.in.shop.example", type: "A" };

    const [outside] = await dns(zones).resolveMany(scope, question, 1);
    const [inside] = await dns(zones).resolveMany(scope, { ...question, isInVpc: true }, 1);
    expect([outside?.answers, inside?.answers]).to.deep.equal([["2.2.2.2"], ["3.3.3.3"]]);
  });

  it("follows a CNAME into another zone, with the shorter of both TTLs, and ends in a ring", async () => {
    const zones = [
      zone("shop.example.", [
        { Name: "www.shop.example.", Type: "CNAME", Values: ["web.cdn.example"], TTL: 30 },
        { Name: "one.shop.example.", Type: "CNAME", Values: ["two.shop.example"] },
        { Name: "two.shop.example.", Type: "CNAME", Values: ["one.shop.example"] },
      ]),
      zone("cdn.example.", [{ Name: "web.cdn.example.", Values: ["10.0.0.1"], TTL: 300 }]),
    ];
    const { answers, records, ttl } = await dns(zones).resolve(scope, "www.shop.example", "A");

    expect({ answers, records, ttl }).to.deep.equal({
      answers: ["10.0.0.1"],
      records: ["www.shop.example CNAME", "web.cdn.example A"],
      ttl: 30,
    });
    expect(await answersOf(dns(zones).resolve(scope, "www.shop.example", "CNAME"))).to.deep.equal(["web.cdn.example"]);
    expect((await dns(zones).resolve(scope, "one.shop.example", "A")).kind).to.equal("nxdomain");
  });

  it("answers a wildcard for names that have no record of any type", async () => {
    const shop = zone("shop.example.", [
      { Name: "\\052.shop.example.", Values: ["10.0.0.9"] },
      { Name: "own.shop.example.", Type: "TXT", Values: ['"x"'] },
    ]);

    expect([
      await answersOf(dns([shop]).resolve(scope, "a.b.shop.example", "A")),
      await answersOf(dns([shop]).resolve(scope, "own.shop.example", "A")),
      await answersOf(dns([shop]).resolve(scope, "shop.example", "A")),
    ]).to.deep.equal([["10.0.0.9"], [], []]);
  });

  it("leaves out a load balancer without healthy targets when its health is to be evaluated, and only then", async () => {
    const weighted = (evaluate: boolean) =>
      zone("shop.example.", [
        { Name: "www.shop.example.", SetIdentifier: "blue", Weight: 99, ...alias(blue, evaluate) },
        { Name: "www.shop.example.", SetIdentifier: "green", Weight: 1, ...alias(green, evaluate) },
      ]);
    const targetHealth = (name: string): boolean => name !== blue;
    const first = async (evaluate: boolean) =>
      (await dns([weighted(evaluate)], { targetHealth }).resolve(scope, "www.shop.example", "A")).records[0];

    expect([await first(true), await first(false)]).to.deep.equal([
      "www.shop.example A green",
      "www.shop.example A blue",
    ]);
  });

  it("takes an alias to records for healthy when one of them is", async () => {
    const zones = [
      zone("shop.example.", [
        { Name: "www.shop.example.", SetIdentifier: "blue", Weight: 99, ...alias("blue.shop.example") },
        { Name: "www.shop.example.", SetIdentifier: "green", Weight: 1, ...alias("green.shop.example") },
        { Name: "blue.shop.example.", ...alias(blue) },
        { Name: "green.shop.example.", ...alias(green) },
      ]),
    ];
    const { records } = await dns(zones, { targetHealth: (name) => name === green }).resolve(
      scope,
      "www.shop.example",
      "A",
    );

    expect(records).to.deep.equal(["www.shop.example A green", "green.shop.example A", `${green} A`]);
  });

  it("passes over a record whose health check fails, counting inverted and disabled checks", async () => {
    const shop = zone(
      "shop.example.",
      ["plain", "inverted", "disabled"].map((id) => ({
        Name: "www.shop.example.",
        SetIdentifier: id,
        MultiValueAnswer: true,
        HealthCheckId: id,
        Values: [id],
      })),
    );
    const checks = [
      { Id: "plain", FullyQualifiedDomainName: blue, Inverted: false, Disabled: false },
      { Id: "inverted", FullyQualifiedDomainName: blue, Inverted: true, Disabled: false },
      { Id: "disabled", FullyQualifiedDomainName: blue, Inverted: false, Disabled: true },
    ];

    expect(
      await answersOf(dns([shop], { targetHealth: () => false }, checks).resolve(scope, "www.shop.example", "A")),
    ).to.deep.equal(["inverted", "disabled"]);
  });

  it("says how long others may still see the former answer", async () => {
    const clock = new FakeSandboxClock("2026-01-01T00:00:00Z");
    const now = Date.parse("2026-01-01T00:00:00Z") / 1000;
    const noteOf = async (fields: object) =>
      (
        await dns([zone("shop.example.", [{ Name: "shop.example.", Values: ["1.1.1.1"], TTL: 300 }], fields)], {
          clock,
        }).resolve(scope, "shop.example", "A")
      ).notes;

    expect([
      await noteOf({ IsPending: true, InSyncAt: now + 40 }),
      await noteOf({ InSyncAt: now - 100 }),
      await noteOf({ InSyncAt: now - 300 }),
    ]).to.deep.equal([
      ["A change is PENDING: this is the answer from before it, which resolvers may give for 340 s more."],
      ["The zone has changed: resolvers may answer as before for 200 s more."],
      [],
    ]);
  });

  it("asks for the zones once for many answers, and draws each anew", async () => {
    const draws = [0.1, 0.9];
    const records = ["blue", "green"].map((id) => ({
      Name: "shop.example.",
      SetIdentifier: id,
      Weight: 1,
      Values: [id],
    }));
    const moto = new FakeMoto({
      "/slipway/zones": () => ({ Zones: [zone("shop.example.", records)], HealthChecks: [] }),
    });
    const answers = await dns([], { moto, random: () => draws.shift() ?? 0 }).resolveMany(
      scope,
      { name: "shop.example", type: "A" },
      2,
    );

    expect(answers.map((one) => one.answers)).to.deep.equal([["blue"], ["green"]]);
    expect(moto.calls).to.deep.equal([{ name: "/slipway/zones", input: { account: scope.account } }]);
  });
});
