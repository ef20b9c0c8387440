import { expect } from "chai";
import { cborPath } from "../../../sandbox/front/wire/protocols";
import { decodeCbor } from "../../../sandbox/front/wire/cbor-decode";
import { encodeCbor } from "../../../sandbox/front/wire/cbor-encode";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Operation } from "../../../sandbox/model/service-api";
import { frontBefore, signed, type TestFront } from "./front-before";

const json = "application/x-amz-json-1.0";
const form = "application/x-www-form-urlencoded; charset=utf-8";

describe("the front, of an operation that is not moto's alone", () => {
  let front: TestFront;
  let seen: unknown[];
  let reply: { status?: number; type?: string; body: string };

  const start = async (service: string, operations: Readonly<Record<string, Operation>>): Promise<void> => {
    seen = [];
    front = await frontBefore(
      (request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          const { "x-amz-target": target, "x-moto-account-id": account, "content-encoding": packed } = request.headers;
          seen.push([request.method, request.url, target, account, packed, body]);
          response.writeHead(reply.status ?? 200, { "content-type": reply.type ?? json, "x-from": "moto" });
          response.end(reply.body);
        });
      },
      { apis: [{ service, reason: "", operations }] },
    );
  };

  afterEach(async () => front.close());

  const post = async (service: string, headers: Record<string, string>, body: string | Buffer, path = "/") => {
    const answer = await fetch(front.address + path, {
      method: "POST",
      headers: { ...signed(service), ...headers },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return {
      status: answer.status,
      type: answer.headers.get("content-type"),
      from: answer.headers.get("x-from"),
      bytes,
    };
  };

  it("asks moto what `before` made of a JSON call, and does `after` once moto has agreed", async () => {
    const told: unknown[] = [];
    await start("ecs", {
      StopTask: {
        kind: "watched",
        before: (input, caller) => ({ ...input, reason: caller.region }),
        after: (input) => void told.push(input),
      },
    });
    reply = { body: '{"task":{}}' };
    const answer = await post("ecs", { "x-amz-target": "Ecs.StopTask", "content-type": json }, '{"task":"t"}');

    expect([answer.status, answer.from, answer.bytes.toString()]).to.deep.equal([200, "moto", '{"task":{}}']);
    expect(seen).to.deep.equal([
      ["POST", "/", "Ecs.StopTask", "123456789012", undefined, '{"task":"t","reason":"eu-central-1"}'],
    ]);
    expect(told).to.deep.equal([{ task: "t", reason: "eu-central-1" }]);
  });

  it("changes only what `before` has changed in a query, and keeps the rest as it came", async () => {
    await start("elasticloadbalancing", {
      CreateRule: { kind: "watched", before: (input) => ({ ...input, Names: ["x", "y"], Priority: "5" }) },
    });
    reply = { type: "text/xml", body: "<CreateRuleResponse/>" };
    const map = "Map.entry.1.key=k&Map.entry.1.value=v";
    await post(
      "elasticloadbalancing",
      { "content-type": form },
      `Action=CreateRule&Version=2015-12-01&${map}&Names.member.1=a&Priority=1`,
    );

    expect(seen).to.deep.equal([
      [
        "POST",
        "/",
        undefined,
        "123456789012",
        undefined,
        `Action=CreateRule&Version=2015-12-01&${map}&Names.member.1=x&Names.member.2=y&Priority=5`,
      ],
    ]);
  });

  it("does not ask moto what `before` refuses, and does nothing after what moto refuses", async () => {
    let after = 0;
    await start("ecs", {
      Refused: {
        kind: "watched",
        before: () => {
          throw new AwsFault("ClientException", "no", 400);
        },
      },
      Failed: { kind: "watched", after: () => void after++ },
    });
    reply = { status: 400, body: '{"__type":"ClusterNotFoundException"}' };
    const refused = await post("ecs", { "x-amz-target": "Ecs.Refused", "content-type": json }, "{}");
    const failed = await post("ecs", { "x-amz-target": "Ecs.Failed", "content-type": json }, "{}");

    expect([refused.status, refused.bytes.toString()]).to.deep.equal([
      400,
      '{"__type":"ClientException","message":"no"}',
    ]);
    expect([failed.status, failed.bytes.toString(), after, seen.length]).to.deep.equal([
      400,
      '{"__type":"ClusterNotFoundException"}',
      0,
      1,
    ]);
  });

  it("completes moto's answer, and leaves its errors", async () => {
    await start("ecs", {
      ListTasks: { kind: "mended", mend: (answer, input) => ({ ...answer, ...input, at: new Date(500) }) },
    });
    reply = { body: '{"taskArns":[]}' };
    const mended = await post("ecs", { "x-amz-target": "Ecs.ListTasks", "content-type": json }, '{"cluster":"c"}');
    reply = { status: 400, body: '{"__type":"x#ClusterNotFoundException","message":"Cluster not found."}' };
    const error = await post("ecs", { "x-amz-target": "Ecs.ListTasks", "content-type": json }, "{}");

    expect([mended.status, mended.type, mended.bytes.toString()]).to.deep.equal([
      200,
      json,
      '{"taskArns":[],"cluster":"c","at":0.5}',
    ]);
    expect([error.status, error.bytes.toString()]).to.deep.equal([
      400,
      '{"__type":"ClusterNotFoundException","message":"Cluster not found."}',
    ]);
  });

  it("asks moto in JSON what came in CBOR, and makes dates of its answer's dates", async () => {
    await start("monitoring", {});
    reply = { type: "text", body: '{"MetricAlarms":[{"StateUpdatedTimestamp":1.5,"Threshold":2}]}' };
    const path = "/service/GraniteServiceVersion20100801/operation/DescribeAlarms";
    const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
    const answer = await post("monitoring", headers, encodeCbor({ StartDate: new Date(2000) }), path);

    expect([answer.status, answer.type, decodeCbor(answer.bytes)]).to.deep.equal([
      200,
      "application/cbor",
      { MetricAlarms: [{ StateUpdatedTimestamp: new Date(1500), Threshold: 2 }] },
    ]);
    expect(seen).to.deep.equal([
      ["POST", "/", "GraniteServiceVersion20100801.DescribeAlarms", "123456789012", undefined, '{"StartDate":2}'],
    ]);
    expect(cborPath("/service/x/operation/y?z")).to.deep.equal({ service: "x", operation: "y" });
  });

  it("leaves calls for the classic load balancer to moto, though they have the same names", async () => {
    await start("elasticloadbalancing", { DescribeLoadBalancers: { kind: "own", answer: () => ({}) } });
    reply = { type: "text/xml", body: "<classic/>" };
    const body = "Action=DescribeLoadBalancers&Version=2012-06-01";
    const answer = await post("elasticloadbalancing", { "content-type": form }, body);

    expect([answer.bytes.toString(), seen.length]).to.deep.equal(["<classic/>", 1]);
  });

  it("takes a query that is in the address, as a presigned one is", async () => {
    await start("monitoring", { DescribeAlarms: { kind: "own", answer: (input) => ({ MetricAlarms: [input] }) } });
    const answer = await fetch(`${front.address}/?Action=DescribeAlarms&AlarmNamePrefix=a&X-Amz-Expires=60`, {
      headers: signed("monitoring"),
    });

    expect(await answer.text()).to.match(
      /^<DescribeAlarmsResponse xmlns="http:\/\/monitoring\.amazonaws\.com\/doc\/2010-08-01\/"><DescribeAlarmsResult><MetricAlarms><member><AlarmNamePrefix>a<\/AlarmNamePrefix><\/member><\/MetricAlarms><\/DescribeAlarmsResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId>/,
    );
  });

  it("does not begin when two parts of the sandbox want the same operation", async () => {
    const api = { service: "ecs", reason: "", operations: { ListTasks: { kind: "own" as const, answer: () => ({}) } } };
    await start("ecs", {});
    const error: unknown = await frontBefore(() => undefined, { apis: [api, api] }).catch((reason: unknown) => reason);

    expect(error).to.have.property("message", "Two parts of the sandbox want to answer ecs:ListTasks.");
  });
});
