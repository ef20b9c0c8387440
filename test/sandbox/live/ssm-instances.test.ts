import { CreateTagsCommand, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { ssmInstances } from "../../../automation/adapters/ssm-instances";
import { FakeClock } from "../../_fakes/fake-clock";
import { aFleet } from "../../_helpers/a-fleet";
import { liveCloud, type LiveCloud } from "./live-cloud";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const account = "100000000036";
const variables = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

describe("EC2 instances by Systems Manager", function () {
  this.timeout(60_000);
  const known: Partial<Record<(typeof variables)[number], string | undefined>> = {};
  const fleet = aFleet({ instances: { tags: { Role: "agent" } } });
  const instances = ssmInstances({
    region: "eu-central-1",
    env: { AWS_ACCESS_KEY_ID: "x" },
    clock: new FakeClock(),
  });
  let cloud: LiveCloud;
  let ids: readonly string[];

  before(async function () {
    if (endpoint === undefined) return this.skip();
    // The adapter's clients read endpoint and credentials where any client does.
    for (const variable of variables) known[variable] = process.env[variable];
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: `SANDBOX${account}`,
      AWS_SECRET_ACCESS_KEY: "x",
    });
    cloud = await liveCloud(endpoint, account);
    const run = await cloud.ec2.send(new RunInstancesCommand({ ImageId: "ami-12c6146b", MinCount: 2, MaxCount: 2 }));
    ids = (run.Instances ?? []).map(({ InstanceId }) => InstanceId ?? "").sort();
    await cloud.ec2.send(new CreateTagsCommand({ Resources: [...ids], Tags: [{ Key: "Role", Value: "agent" }] }));
  });
  after(() => {
    for (const variable of variables) {
      if (known[variable] === undefined) delete process.env[variable];
      else process.env[variable] = known[variable];
    }
  });

  it("brings a version onto an instance, and lets it remember that", async () => {
    const [first = "", second = ""] = ids;

    expect(await instances.update("agent", fleet, first, "v2")).to.deep.equal({ kind: "ok" });

    expect(
      (await instances.describe("agent", fleet)).map(({ id, state, version }) => [id, state, version]),
    ).to.deep.equal([
      [first, "running", "v2"],
      [second, "running", null],
    ]);
    expect(await instances.currentVersion("agent", first)).to.equal("v2");
    expect(await instances.check(first, ["probe {version}"], "v2")).to.deep.equal({ kind: "ok" });
  });

  it("takes nothing for a version that could do something in a shell", async () => {
    const [, second = ""] = ids;
    await instances.remember("agent", second, "v1; reboot");

    expect(await instances.currentVersion("agent", second)).to.equal(null);
  });

  it("tells of a configured instance that AWS does not know", async () => {
    const [first = ""] = ids;
    const named = aFleet({ instances: { ids: [first, "i-0123456789abcdef0"] } });

    expect((await instances.describe("agent", named)).map(({ id, state }) => [id, state])).to.deep.equal([
      [first, "running"],
      ["i-0123456789abcdef0", "missing"],
    ]);
  });
});
