import { DescribeAlarmHistoryCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, type Shop } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const account = "100000000064";
const name = "misused";
const json = { "content-type": "application/x-amz-json-1.1" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const cbor = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
const ecs = (operation: string) => ({ ...json, "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}` });
const metrics = (operation: string): string => `/service/GraniteServiceVersion20100801/operation/${operation}`;

describe("the running sandbox, of what it should never be sent,", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let shop: Shop;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, account);
    shop = await openShop(cloud, name, ["v1"]);
  });

  afterEach(async () => {
    expect(await cloud.control("GET", "health")).to.have.property("epoch");
  });

  describe("bytes that are no call:", () => {
    for (const [what, service, headers, body, path, expected] of [
      ["an unknown operation in JSON", "ecs", ecs("Nope"), "{}", "/", [400, "UnknownOperationException"]],
      [
        "an unknown operation of moto's",
        "sqs",
        { ...json, "x-amz-target": "AmazonSQS.Nope" },
        "{}",
        "/",
        [400, "UnknownOperationException"],
      ],
      [
        "an unknown action",
        "elasticloadbalancing",
        form,
        "Action=Nope&Version=2015-12-01",
        "/",
        [400, "InvalidAction"],
      ],
      ["an unknown action of moto's", "iam", form, "Action=Nope&Version=2010-05-08", "/", [400, "InvalidAction"]],
      [
        "an unknown operation in CBOR",
        "monitoring",
        cbor,
        Buffer.from([0xa0]),
        metrics("Nope"),
        [400, "UnknownOperationException"],
      ],
      ["JSON that is cut off", "ecs", ecs("ListClusters"), "{", "/", [400, "SerializationException"]],
      [
        "CBOR that is cut off",
        "monitoring",
        cbor,
        Buffer.from([0xa1, 0x61]),
        metrics("ListMetrics"),
        [400, "SerializationException"],
      ],
      [
        "a query that contradicts itself",
        "elasticloadbalancing",
        form,
        "Action=DescribeTargetHealth&A=1&A.B=2",
        "/",
        [400, "MalformedInput"],
      ],
      ["a query without an action", "elasticloadbalancing", form, "Nothing=1", "/", [400, "MissingAction"]],
      [
        "5 MiB of JSON",
        "ecs",
        ecs("ListClusters"),
        " ".repeat(5 * 2 ** 20),
        "/",
        [413, "RequestEntityTooLargeException"],
      ],
    ] as const) {
      it(`${what} (${service}) is ${expected[1]}`, async () => {
        expect(await post(service, headers, body, path)).to.deep.equal(expected);
      });
    }

    it("no signature, and a key of somebody else's", async () => {
      const unsigned = await fetch(`${endpoint}/`, { method: "POST", headers: ecs("ListClusters"), body: "{}" });
      const foreign = await post("ecs", ecs("ListClusters"), "{}", "/", "AKIAIOSFODNN7EXAMPLE");
      expect([unsigned.status, foreign]).to.deep.equal([403, [403, "InvalidClientTokenId"]]);
    });
  });

  it("names that are nobody's: AWS' own code for each", async () => {
    const group = `arn:aws:elasticloadbalancing:eu-central-1:${account}:targetgroup/none/0123456789abcdef`;
    const listener = `arn:aws:elasticloadbalancing:eu-central-1:${account}:listener/app/none/0123456789abcdef/0123456789abcdef`;
    const rule = listener.replace(":listener/", ":listener-rule/") + "/0123456789abcdef";
    const forward = [{ Type: "forward" as const, TargetGroupArn: group }];
    const codes = await Promise.all(
      [
        cloud.ecs.send(new DescribeServicesCommand({ cluster: "none", services: ["none"] })),
        cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: "none", desiredCount: 1 })),
        cloud.ecs.send(new ListTasksCommand({ cluster: "none" })),
        cloud.ecs.send(new DescribeTasksCommand({ cluster: "none", tasks: ["0123456789abcdef0123456789abcdef"] })),
        cloud.ecs.send(new RunTaskCommand({ cluster: name, taskDefinition: "none:1" })),
        cloud.ecs.send(
          new CreateServiceCommand({ cluster: name, serviceName: "x", taskDefinition: "none:1", desiredCount: 0 }),
        ),
        cloud.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group })),
        cloud.elb.send(new ModifyListenerCommand({ ListenerArn: shop.listenerArn, DefaultActions: forward })),
        cloud.elb.send(new ModifyListenerCommand({ ListenerArn: listener, Port: 81 })),
        cloud.elb.send(new ModifyRuleCommand({ RuleArn: rule, Actions: forward })),
        cloud.cloudWatch.send(new SetAlarmStateCommand({ AlarmName: "none", StateValue: "OK", StateReason: "x" })),
        cloud.cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName: "none" })),
      ].map(codeOf),
    );
    expect(codes).to.deep.equal([
      "ClusterNotFoundException",
      "ServiceNotFoundException",
      "ClusterNotFoundException",
      "ClusterNotFoundException",
      "ClientException",
      "ClientException",
      "TargetGroupNotFoundException",
      "TargetGroupNotFoundException",
      "ListenerNotFoundException",
      "RuleNotFoundException",
      "ResourceNotFound",
      "answered",
    ]);
  });

  it("500 calls at once, of three services, are all answered", async () => {
    const calls = Array.from(
      { length: 500 },
      (_, index) =>
        [
          () => post("ecs", ecs("ListClusters"), "{}"),
          () => post("elasticloadbalancing", form, "Action=DescribeTargetGroups&Version=2015-12-01"),
          () => post("secretsmanager", { ...json, "x-amz-target": "secretsmanager.ListSecrets" }, "{}"),
        ][index % 3]?.() ?? Promise.resolve([]),
    );
    const answers = await Promise.all(calls);
    expect([...new Set(answers.map((answer) => answer.join()))]).to.deep.equal(["200,"]);
  });

  /** Status, and what a client takes for the error's code. */
  const post = async (
    service: string,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer,
    path = "/",
    key?: string,
  ): Promise<readonly [status: number, code: string | undefined]> => {
    const answer = await fetch(`${endpoint}${path}`, {
      method: "POST",
      headers: { ...signed(service, key), ...headers },
      body: typeof body === "string" ? body : new Uint8Array(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    // In CBOR a text is its length and its bytes.
    const code = /"__type":"(\w+)"|<Code>(\w+)<|__type[\x60-\x7b](?:[\x18-\x40])?(\w+Exception)/.exec(text);
    return [answer.status, code?.slice(1).find(Boolean)];
  };
});

const signed = (service: string, key = `SANDBOX${account}`): { readonly authorization: string } => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260102/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
});

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "answered",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
