import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { route53Dns } from "../../../automation/adapters/route53-dns";
import type { CloudError } from "../../../automation/model/cloud-error";
import { liveCloud, type LiveCloud } from "./live-cloud";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const account = "100000000035";
const known = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

describe("Route 53 by its API", function () {
  this.timeout(60_000);
  const before_: Partial<Record<(typeof known)[number], string | undefined>> = {};
  let cloud: LiveCloud;
  let route53: Route53Client;
  let zoneId: string;
  const name = "www.weights.example";
  const dns = route53Dns({ region: "eu-central-1", env: { AWS_ACCESS_KEY_ID: "x" } });

  before(async function () {
    if (endpoint === undefined) return this.skip();
    // The adapter's client reads endpoint and credentials where any client does.
    for (const variable of known) before_[variable] = process.env[variable];
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: `SANDBOX${account}`,
      AWS_SECRET_ACCESS_KEY: "x",
    });
    cloud = await liveCloud(endpoint, account);
    route53 = new Route53Client({ region: "eu-central-1" });
    const made = await route53.send(new CreateHostedZoneCommand({ Name: "weights.example", CallerReference: "1" }));
    zoneId = (made.HostedZone?.Id ?? "").replace("/hostedzone/", "");
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        ChangeBatch: {
          Changes: [
            { Action: "CREATE", ResourceRecordSet: aRecord("blue", 100) },
            { Action: "CREATE", ResourceRecordSet: aRecord("green", 0) },
          ],
        },
      }),
    );
  });
  after(() => {
    for (const variable of known) {
      if (before_[variable] === undefined) delete process.env[variable];
      else process.env[variable] = before_[variable];
    }
  });

  const aRecord = (colour: string, weight: number): ResourceRecordSet => ({
    Name: name,
    Type: "A",
    SetIdentifier: colour,
    Weight: weight,
    AliasTarget: { HostedZoneId: zoneId, DNSName: `${colour}.${name}`, EvaluateTargetHealth: true },
  });
  /** AWS tells names with a dot at the end, and takes them without. */
  const plain = (alias: ResourceRecordSet["AliasTarget"]) => ({
    ...alias,
    DNSName: alias?.DNSName?.replace(/\.$/, ""),
  });
  const failureOf = (work: Promise<unknown>): Promise<CloudError> =>
    work.then(
      () => Promise.reject(new Error("it did not fail")),
      (error: unknown) => error as CloudError,
    );

  it("tells the weights of a name, and of no other", async () => {
    expect(await dns.weighted({ zoneId, name })).to.deep.equal([
      { setIdentifier: "blue", weight: 100, alias: `blue.${name}` },
      { setIdentifier: "green", weight: 0, alias: `green.${name}` },
    ]);
    expect(await dns.weighted({ zoneId, name: "weights.example" })).to.deep.equal([]);
  });

  it("changes both weights in one batch, and nothing else of the records", async () => {
    const change = await dns.weigh({ zoneId, name }, { blue: 10, green: 90 });
    const early = await dns.isInSync(change);
    const { ResourceRecordSets: records = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name, StartRecordType: "A" }),
    );
    expect(
      records.map(({ SetIdentifier: id, Weight: weight, AliasTarget: alias }) => [id, weight, plain(alias)]),
    ).to.deep.equal([
      ["blue", 10, { HostedZoneId: zoneId, DNSName: `blue.${name}`, EvaluateTargetHealth: true }],
      ["green", 90, { HostedZoneId: zoneId, DNSName: `green.${name}`, EvaluateTargetHealth: true }],
    ]);
    expect(early).to.equal(false);
    await cloud.eventually("the change everywhere", async () => ((await dns.isInSync(change)) ? true : undefined));
  });

  it("changes nothing when one of the records is gone", async () => {
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: aRecord("green", 90) }] },
      }),
    );
    const error = await failureOf(dns.weigh({ zoneId, name }, { blue: 100, green: 0 }));
    expect([error.kind, error.code]).to.deep.equal(["missing", "RecordMissing"]);
    expect((await dns.weighted({ zoneId, name }))[0]?.weight).to.equal(10);
  });

  it("says what was wrong with a call", async () => {
    const zone = await failureOf(dns.weighted({ zoneId: "ZNONE", name }));
    await cloud.control("POST", "fault", { kind: "throttle", api: "route53" });
    const throttled = await failureOf(dns.weighted({ zoneId, name }));
    await cloud.control("POST", "fault-clear", {});
    expect([zone, throttled].map(({ kind, operation, code }) => [kind, operation, code])).to.deep.equal([
      ["missing", "route53:ListResourceRecordSets", "NoSuchHostedZone"],
      ["transient", "route53:ListResourceRecordSets", "Throttling"],
    ]);
  });
});
