import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import { loneEmulator, refusalOf, type LoneEmulator } from "./emulator";

describe("the clock of the cloud", () => {
  let cloud: LoneEmulator;
  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());
  beforeEach(() => cloud.fresh());

  const logs = (operation: string, input: object) =>
    cloud.moto.call(cloud.scope, "logs", `Logs_20140328.${operation}`, input);
  const epoch = () => cloud.now().getTime() / 1000;

  it("dates everything that is made, in every service", async () => {
    await cloud.pass(1000);
    const call = cloud.moto.call.bind(cloud.moto, cloud.scope);
    const cluster = await call("ecs", "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition", {
      family: "app",
      containerDefinitions: [{ name: "app", image: "app", memory: 128 }],
    });
    await call("secretsmanager", "secretsmanager.CreateSecret", { Name: "one", SecretString: "x" });
    const secret = await call("secretsmanager", "secretsmanager.DescribeSecret", { SecretId: "one" });
    const repository = await call("ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", {
      repositoryName: "app",
    });
    await cloud.moto.door("/slipway/image", { ...cloud.scope, repository: "app", tag: "b1" });
    const images = await call("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeImages", { repositoryName: "app" });

    expect([
      (cluster["taskDefinition"] as { registeredAt: number }).registeredAt,
      secret["CreatedDate"],
      (repository["repository"] as { createdAt: number }).createdAt,
      (images["imageDetails"] as { imagePushedAt: number }[])[0]?.imagePushedAt,
    ]).to.deep.equal([epoch(), epoch(), epoch(), epoch()]);
  });

  it("takes log events of its own time, and refuses those two hours ahead of it", async () => {
    await logs("CreateLogGroup", { logGroupName: "app" });
    await logs("CreateLogStream", { logGroupName: "app", logStreamName: "one" });
    const put = async (hoursAhead: number) =>
      (
        await logs("PutLogEvents", {
          logGroupName: "app",
          logStreamName: "one",
          logEvents: [{ timestamp: cloud.now().getTime() + hoursAhead * 3_600_000, message: "x" }],
        })
      )["rejectedLogEventsInfo"];
    await cloud.pass(365 * 24 * 3600);

    expect([await put(0), await put(1), await put(3)]).to.deep.equal([
      undefined,
      undefined,
      { tooNewLogEventStartIndex: 0 },
    ]);
  });

  it("goes as fast as it is told to", async () => {
    const realAt = new Date(Date.now() - 1000).toISOString();
    const told = await cloud.moto.door("/slipway/clock", { sandboxAt: "2026-03-01T00:00:00Z", realAt, speed: 3600 });

    // At least the hour that the second before the call makes, and a few more until the answer.
    expect(Date.parse(String(told["now"]))).to.be.within(
      Date.parse("2026-03-01T01:00:00Z"),
      Date.parse("2026-03-01T12:00:00Z"),
    );
  });

  it("keeps going as it did when it is told nonsense", async () => {
    const before = [
      await refusalOf(cloud.moto.door("/slipway/clock", { sandboxAt: "soon", realAt: "now", speed: 1 })),
      await refusalOf(cloud.moto.door("/slipway/clock", { sandboxAt: "2026-01-01", realAt: "2026-01-01", speed: -1 })),
    ];
    await logs("CreateLogGroup", { logGroupName: "app" });
    const { logGroups } = (await logs("DescribeLogGroups", {})) as { logGroups: { creationTime: number }[] };

    expect(before.map((refused) => Array.isArray(refused))).to.deep.equal([true, true]);
    expect(logGroups[0]?.creationTime).to.equal(cloud.now().getTime());
  });

  it("does not date certificates of listeners, which clients check against their own clock", async () => {
    await cloud.pass(20 * 365 * 24 * 3600);
    const { key, certificate } = await cloud.moto.door("/slipway/certificate", {
      names: ["shop.example", "*.elb.amazonaws.com"],
      addresses: ["127.0.0.1"],
    });

    const { subjectAltName, validFrom, validTo } = new X509Certificate(String(certificate));
    expect(String(key)).to.match(/^-----BEGIN PRIVATE KEY-----/);
    expect(subjectAltName).to.equal("DNS:shop.example, DNS:*.elb.amazonaws.com, IP Address:127.0.0.1");
    expect([Date.parse(validFrom) < Date.now(), Date.parse(validTo) > Date.now()]).to.deep.equal([true, true]);
  });
});
