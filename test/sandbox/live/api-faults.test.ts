import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { faultCommand, type FaultCommand } from "./fault-command";
import { liveCloud, type LiveCloud } from "./live-cloud";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const account = "100000000061";

/** What a client throws, as far as one decides by it. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

describe("calls of AWS' API that a fault of the sandbox strikes", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let command: FaultCommand;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    [cloud, command] = await Promise.all([liveCloud(endpoint, account), faultCommand(endpoint)]);
  });

  afterEach(async () => {
    await cloud.control("POST", "fault-clear", {});
  });

  after(() => command?.remove());

  it("are refused as too many: in JSON, in a query and in CBOR, each by the code of its service", async () => {
    await command.fault("throttle", "--count", "3");
    expect([
      await thrown(once(ECSClient).send(new ListClustersCommand({}))),
      await thrown(once(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({}))),
      await thrown(once(CloudWatchClient).send(new DescribeAlarmsCommand({}))),
      await thrown(once(ECSClient).send(new ListClustersCommand({}))),
    ]).to.deep.equal([
      { name: "ThrottlingException", message: "Rate exceeded", status: 400 },
      { name: "Throttling", message: "Rate exceeded", status: 400 },
      { name: "Throttling", message: "Rate exceeded", status: 400 },
      "answered",
    ]);
  });

  it("fail at the service with 500, until the count is used up: a client that tries three times does not notice", async () => {
    await command.fault("server-error", "--api", "ecs", "--operation", "List*", "--count", "3");
    const first = await thrown(once(ECSClient).send(new ListClustersCommand({})));
    const other = await thrown(once(CloudWatchClient).send(new DescribeAlarmsCommand({})));
    expect({ first, other, patient: await thrown(cloud.ecs.send(new ListClustersCommand({}))) }).to.deep.equal({
      first: { name: "ServerException", message: "Service Unavailable. Please try again later.", status: 500 },
      other: "answered",
      patient: "answered",
    });
  });

  it("lose their connection: an error of the network for one that tries once, nothing for one that tries again", async () => {
    await command.fault("connection-reset", "--api", "elbv2", "--count", "2");
    const first = await thrown(once(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({})));
    const patient = await thrown(cloud.elb.send(new DescribeLoadBalancersCommand({})));
    expect([first === "answered" ? first : first.name, patient]).to.deep.equal(["ECONNRESET", "answered"]);
  });

  it("are answered late, in real milliseconds", async () => {
    await command.fault("api-latency", "400", "--api", "ecs", "--count", "1");
    expect(await msOf(() => cloud.ecs.send(new ListClustersCommand({})))).to.be.within(400, 5_000);
    expect(await msOf(() => cloud.ecs.send(new ListClustersCommand({})))).to.be.below(400);
  });

  it("fail in the share that was asked for, by chance", async () => {
    await command.fault("throttle", "--api", "ecs", "--percent", "50");
    const client = once(ECSClient);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => thrown(client.send(new ListClustersCommand({})))),
    );
    const failed = outcomes.filter((one) => one !== "answered");
    // Of 200 throws of a coin 60 to 140 heads: the odds against are one in a hundred million.
    expect(failed.length).to.be.within(60, 140);
  });

  it("fail until the time that was asked for is over, by the sandbox's clock", async () => {
    await command.fault("throttle", "--api", "ecs", "--for", "10m");
    const during = await thrown(once(ECSClient).send(new ListClustersCommand({})));
    await cloud.control("POST", "clock", { stepMs: 10 * 60_000 });
    const after = await thrown(once(ECSClient).send(new ListClustersCommand({})));
    expect({ during: during === "answered", after, list: await command.fault("list") }).to.deep.equal({
      during: false,
      after: "answered",
      list: "Nothing goes wrong.\n",
    });
  });

  it("fail until the fault is cleared by its number", async () => {
    const [said = ""] = (await command.fault("throttle", "--api", "ecs")).split("\n");
    const id = said.split(":")[0] ?? "";
    expect(said).to.equal(`${id}: throttle --api ecs`);
    expect(await thrown(once(ECSClient).send(new ListClustersCommand({})))).to.not.equal("answered");
    expect(await command.fault("clear", id)).to.equal("1 fault cleared.\n");
    expect(await thrown(once(ECSClient).send(new ListClustersCommand({})))).to.equal("answered");
  });

  const once = <C>(Client: new (options: object) => C): C =>
    new Client({
      region: cloud.region,
      endpoint,
      credentials: { accessKeyId: `SANDBOX${account}`, secretAccessKey: "x" },
      maxAttempts: 1,
    });
});

async function thrown(call: Promise<unknown>): Promise<Thrown | "answered"> {
  try {
    await call;
    return "answered";
  } catch (error) {
    const { name, message, code, $metadata } = error as Error & {
      readonly code?: string;
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    // The SDK calls a lost connection a TimeoutError; the code says which.
    return { name: code ?? name, message, status: $metadata?.httpStatusCode };
  }
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
