import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { expect } from "chai";
import { recordResources, resourceNamed, resourcesOf, settled, valueOf } from "./pulumi-mocks";

class Box extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:test:Box", name, {}, opts);
    this.registerOutputs({});
  }
}

describe("recordResources", () => {
  it("records inputs, parent, provider, secrets and options of each registration", async () => {
    const resources = await recordResources();

    const provider = new aws.Provider("aws", { region: "eu-central-1" });
    const box = new Box("box", { providers: [provider] });
    const inner = new Box("inner", { parent: box });
    new aws.secretsmanager.SecretVersion(
      "version",
      { secretId: "arn:secret", secretString: pulumi.secret("s3cret") },
      { parent: inner, protect: true, ignoreChanges: ["secretString"], deleteBeforeReplace: true },
    );
    await settled();

    expect(resourceNamed(resources, "version")).to.deep.equal({
      type: "aws:secretsmanager/secretVersion:SecretVersion",
      name: "version",
      custom: true,
      inputs: { secretId: "arn:secret", secretString: "s3cret" },
      secrets: ["secretString"],
      parent: "inner",
      provider: "aws",
      options: { protect: true, deleteBeforeReplace: true, ignoreChanges: ["secretString"] },
    });
    expect(resourceNamed(resources, "box")).to.deep.equal({
      type: "slipway:test:Box",
      name: "box",
      custom: false,
      inputs: {},
      secrets: [],
      parent: undefined,
      provider: undefined,
      options: {},
    });
  });

  it("starts from nothing each time", async () => {
    const first = await recordResources({ config: { "slipway:key": "value" } });
    new aws.sns.Topic("topic");
    await settled();
    const second = await recordResources();

    expect(resourcesOf(first, "aws:sns/topic:Topic").map(({ name }) => name)).to.deep.equal(["topic"]);
    expect(second).to.deep.equal([]);
    expect(new pulumi.Config("slipway").get("key")).to.equal(undefined);
  });

  it("answers provider functions, and those that a test sets", async () => {
    await recordResources({ calls: { "aws:ec2/getVpc:getVpc": { id: "vpc-1", cidrBlock: "10.1.0.0/16" } } });

    expect((await aws.getCallerIdentity()).accountId).to.equal("686831565523");
    expect((await aws.ec2.getVpc({ id: "vpc-1" })).cidrBlock).to.equal("10.1.0.0/16");
  });

  it("makes the outputs that components hand on", async () => {
    await recordResources();

    const vpc = new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 2 });
    const password = new random.RandomPassword("password", { length: 20 });

    expect(await valueOf(vpc.vpcId)).to.equal("vpc-net");
    expect(await valueOf(vpc.privateSubnetIds)).to.deep.equal(["subnet-net-private-1", "subnet-net-private-2"]);
    expect(await pulumi.isSecret(password.result)).to.equal(true);
    expect(await valueOf(password.result)).to.have.length(20);
  });

  it("fails on what AWS' provider would refuse", async () => {
    await recordResources();
    new aws.cloudwatch.LogGroup("logs", { retentionInDays: 8 });

    const outcome = await settled().catch((error: unknown) => error);

    expect(String(outcome)).to.match(/would refuse:\n {2}aws:cloudwatch\/logGroup:LogGroup logs: retentionInDays .*8/);
  });

  it("hands on a failed registration", async () => {
    await recordResources();
    const failed = pulumi.output(Promise.reject<string>(new Error("no such thing")));

    const outcome = await valueOf(failed).catch((error: unknown) => error);

    expect(outcome).to.be.instanceOf(Error);
  });
});
