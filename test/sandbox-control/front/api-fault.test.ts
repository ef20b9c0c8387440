import { ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";
import { DescribeAlarmsCommand, CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { FaultBook } from "../../../sandbox/faults/fault-book";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { frontBefore, signed, type TestFront } from "./front-before";

const outcome = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "done",
    (error: Error & { code?: string; $metadata?: { httpStatusCode?: number } }) =>
      error.$metadata?.httpStatusCode === undefined
        ? error.code
        : [error.name, error.message, error.$metadata.httpStatusCode],
  );

describe("a fault of the API, as the clients of the SDK see it", () => {
  let front: TestFront;
  let book: FaultBook;
  let reached: number;

  beforeEach(async () => {
    reached = 0;
    book = new FaultBook({ clock: new FakeSandboxClock(), random: () => 0 });
    front = await frontBefore(
      (request, response) => {
        reached++;
        request.resume();
        response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end("{}");
      },
      { faults: book, apis: [{ service: "monitoring", reason: "", operations: {} }] },
    );
  });

  afterEach(async () => front.close());

  const ecs = async (): Promise<unknown> => outcome(new ECSClient(front.options).send(new ListTasksCommand({})));

  it("throttles in the words of each service, whether moto answers it or not", async () => {
    book.add({ kind: "throttle" });
    const { options } = front;

    expect([
      await ecs(),
      await outcome(new CloudWatchClient(options).send(new DescribeAlarmsCommand({}))),
      await outcome(new ElasticLoadBalancingV2Client(options).send(new DescribeRulesCommand({}))),
      await outcome(new EC2Client(options).send(new DescribeVpcsCommand({}))),
      await outcome(new S3Client(options).send(new ListBucketsCommand({}))),
    ]).to.deep.equal([
      ["ThrottlingException", "Rate exceeded", 400],
      ["Throttling", "Rate exceeded", 400],
      ["Throttling", "Rate exceeded", 400],
      ["RequestLimitExceeded", "Request limit exceeded.", 503],
      ["SlowDown", "Please reduce your request rate.", 503],
    ]);
    expect(reached).to.equal(0);
  });

  it("tells a client that came from the query protocol the old code in a header", async () => {
    book.add({ kind: "server-error" });
    const headers = { ...signed("monitoring"), "x-amz-target": "GraniteServiceVersion20100801.DescribeAlarms" };
    const answer = await fetch(front.address, { method: "POST", headers, body: "{}" });

    expect([answer.headers.get("x-amzn-query-error"), answer.headers.get("x-amzn-errortype")]).to.deep.equal([
      "InternalServiceError;Receiver",
      "InternalServiceFault",
    ]);
  });

  it("fails at the service, and lets its clients try again by themselves", async () => {
    book.add({ kind: "server-error", api: "ecs", count: 2 });
    const first = await ecs();
    const patient = new ECSClient({ ...front.options, maxAttempts: 3 }).send(new ListTasksCommand({}));

    expect([first, await outcome(patient), reached]).to.deep.equal([
      ["ServerException", "Service Unavailable. Please try again later.", 500],
      "done",
      1,
    ]);
  });

  it("cuts the connection before anything is done", async () => {
    book.add({ kind: "connection-reset", operation: "ListTasks" });

    expect([await ecs(), reached]).to.deep.equal(["ECONNRESET", 0]);
  });

  it("is late, and then does what was asked", async () => {
    book.add({ kind: "api-latency", value: 60 });
    const start = performance.now();
    const result = await ecs();

    expect([result, reached]).to.deep.equal(["done", 1]);
    expect(performance.now() - start).to.be.within(55, 5000);
  });

  it("knows the operation of a query only from its body", async () => {
    book.add({ kind: "throttle", api: "ec2", operation: "DescribeSubnets" });

    expect(await outcome(new EC2Client(front.options).send(new DescribeVpcsCommand({})))).to.not.deep.equal([
      "RequestLimitExceeded",
      "Request limit exceeded.",
      503,
    ]);
    expect(reached).to.equal(1);
  });
});
