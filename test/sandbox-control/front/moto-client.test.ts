import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { motoClient } from "../../../sandbox/front/moto-client";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Moto } from "../../../sandbox/model/moto";

const scope = { account: "123456789012", region: "eu-central-1" };

/** Everything that tells one fault from another. */
const faultOf = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "no fault",
    (error: unknown) => (error instanceof AwsFault ? [error.code, error.status, error.message] : error),
  );

describe("motoClient", () => {
  let server: Server;
  let moto: Moto;
  let seen: unknown[];
  let answer: { status?: number; type?: string; body: string };

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { "x-amz-target": target, "x-moto-account-id": account, authorization } = request.headers;
        seen.push({ url: request.url, target, account, credential: authorization?.split(/[ ,]/)[1], body });
        response.writeHead(answer.status ?? 200, { "content-type": answer.type ?? "application/json" });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    moto = motoClient({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  });

  afterEach(() => void server.close());

  it("calls an operation in the name of an account and a region, with dates as AWS writes them", async () => {
    answer = { body: '{"clusterArns":["a"]}' };
    const fields = await moto.call(scope, "ecs", "Ecs.ListClusters", { since: new Date(1500) });

    expect(fields).to.deep.equal({ clusterArns: ["a"] });
    expect(seen).to.deep.equal([
      {
        url: "/",
        target: "Ecs.ListClusters",
        account: "123456789012",
        credential: "Credential=SANDBOX123456789012/20260101/eu-central-1/ecs/aws4_request",
        body: '{"since":1.5}',
      },
    ]);
  });

  it("takes an answer without a body for one without members", async () => {
    answer = { body: "" };

    expect(await moto.call(scope, "logs", "Logs.CreateLogGroup", {})).to.deep.equal({});
  });

  for (const [what, reply, expected] of [
    [
      "a JSON error with a namespace",
      { status: 404, body: '{"__type":"Granite#ResourceNotFound","Message":"none"}' },
      ["ResourceNotFound", 404, "none"],
    ],
    [
      "an XML error",
      {
        status: 400,
        type: "text/xml",
        body: "<E><Error><Code>Throttling</Code><Message>a &lt; b</Message></Error></E>",
      },
      ["Throttling", 400, "a < b"],
    ],
    [
      "a page for people",
      { status: 500, type: "text/html; charset=utf-8", body: "<h1>Internal Server Error</h1>" },
      [
        "UnknownOperationException",
        400,
        "The sandbox's cloud does not know Ecs.ListClusters, or failed at it (.slipway/sandbox/sandbox.log says more).",
      ],
    ],
    ["an error without a shape", { status: 502, body: "null" }, ["InternalFailure", 502, "null"]],
  ] as const) {
    it(`throws ${what} as the fault that it is`, async () => {
      answer = reply;

      expect(await faultOf(moto.call(scope, "ecs", "Ecs.ListClusters", {}))).to.deep.equal(expected);
    });
  }

  it("sends the parameters of a query as a form, and throws what it is refused with", async () => {
    answer = { status: 404, body: "<ErrorResponse><Error><Code>NotFound</Code></Error></ErrorResponse>" };
    const fault = await faultOf(moto.query(scope, "sns", { Action: "Publish", Message: "a b&c" }));

    expect(fault).to.deep.equal(["NotFound", 404, ""]);
    expect(seen.map((request) => (request as { body: string }).body)).to.deep.equal(["Action=Publish&Message=a+b%26c"]);
  });

  it("knocks at a side door, and throws what is called out", async () => {
    answer = { body: '{"made":[]}' };
    expect(await moto.door("/slipway/seed", { things: [] })).to.deep.equal({ made: [] });

    answer = { status: 400, body: '{"error":"no such thing"}' };
    expect(await faultOf(moto.door("/slipway/seed", {}))).to.deep.equal([
      "InternalFailure",
      400,
      "/slipway/seed: no such thing",
    ]);
  });

  it("says that the cloud is gone", async () => {
    server.close();
    const fault = await faultOf(moto.call(scope, "ecs", "Ecs.ListClusters", {}));

    expect((fault as unknown[]).slice(0, 2)).to.deep.equal(["ServiceUnavailable", 503]);
  });
});
