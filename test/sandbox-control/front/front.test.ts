import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { startFront, type RunningFront } from "../../../sandbox/front/front";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly account: string | string[] | undefined;
  readonly body: string;
}

/** Stands in for moto: tells what it has been sent. */
function echo(seen: Seen[]): Server {
  return createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ method: request.method, url: request.url, account: request.headers["x-moto-account-id"], body });
      response.writeHead(201, { "x-from": "cloud" }).end("made");
    });
  });
}

const signed = (key: string, service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260102/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
});

describe("startFront", () => {
  let cloud: Server;
  let front: RunningFront;
  let seen: Seen[];
  let stops: number;

  beforeEach(async () => {
    seen = [];
    stops = 0;
    cloud = echo(seen);
    await new Promise<void>((resolve) => cloud.listen(0, "127.0.0.1", resolve));
    const { port } = cloud.address() as AddressInfo;
    front = await startFront(
      { epoch: "e1", cloud: { host: "127.0.0.1", port }, status: () => ({ pid: 7 }), stop: () => void stops++ },
      0,
    );
  });

  afterEach(async () => {
    await front.close();
    cloud.close();
    cloud.closeAllConnections();
  });

  const send = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${front.port}${path}`, init);

  it("hands a call on in the name of the account that is in the access key, and the answer back", async () => {
    const answer = await send("/a?b=c", { method: "PUT", body: "text", headers: signed("SANDBOX123456789012", "s3") });

    expect({ status: answer.status, from: answer.headers.get("x-from"), text: await answer.text() }).to.deep.equal({
      status: 201,
      from: "cloud",
      text: "made",
    });
    expect(seen).to.deep.equal([{ method: "PUT", url: "/a?b=c", account: "123456789012", body: "text" }]);
  });

  it("serves two accounts at once", async () => {
    await Promise.all(
      ["SANDBOX111111111111", "SANDBOX222222222222"].map(async (key) => send("/", { headers: signed(key, "ec2") })),
    );

    expect(seen.map(({ account }) => account).sort()).to.deep.equal(["111111111111", "222222222222"]);
  });

  for (const [service, contentType, expected] of [
    ["ec2", "application/x-www-form-urlencoded", /^<Response><Errors><Error><Code>InvalidClientTokenId<\/Code>/],
    [
      "iam",
      "application/x-www-form-urlencoded; charset=utf-8",
      /^<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidClientTokenId/,
    ],
    ["ecs", "application/x-amz-json-1.1", /^\{"__type":"InvalidClientTokenId"/],
    ["s3", "application/xml", /^<Error><Code>InvalidClientTokenId/],
  ] as const) {
    it(`refuses a real access key in the words of ${service}`, async () => {
      const headers = { ...signed("AKIAIOSFODNN7EXAMPLE", service), "content-type": contentType };
      const answer = await send("/", { method: "POST", body: "x", headers });

      expect(answer.status).to.equal(403);
      expect(await answer.text()).to.match(expected);
      expect(seen).to.deep.equal([]);
    });
  }

  it("refuses a request that is not signed", async () => {
    const answer = await send("/");

    expect([answer.status, answer.headers.get("x-amzn-errortype")]).to.deep.equal([403, "MissingAuthenticationToken"]);
  });

  it("says that the cloud is gone with an error that AWS clients try again", async () => {
    cloud.close();
    cloud.closeAllConnections();
    const answer = await send("/", { headers: signed("SANDBOX123456789012", "ecs") });

    expect([answer.status, answer.headers.get("x-amzn-errortype")]).to.deep.equal([503, "ServiceUnavailable"]);
  });

  it("tells its epoch to everybody", async () => {
    expect(await (await send("/_slipway/health")).json()).to.deep.equal({ epoch: "e1" });
    expect(await (await send("/_slipway/status")).json()).to.deep.equal({ epoch: "e1", pid: 7 });
  });

  it("stops only for a caller that knows the epoch", async () => {
    const refused = await send("/_slipway/stop", { method: "POST", headers: { "x-slipway-epoch": "e0" } });
    const obeyed = await send("/_slipway/stop", { method: "POST", headers: { "x-slipway-epoch": "e1" } });
    await new Promise((resolve) => setImmediate(resolve));

    expect([refused.status, obeyed.status, stops]).to.deep.equal([403, 200, 1]);
  });

  it("names the control endpoints that there are when another one is asked for", async () => {
    const answer = await send("/_slipway/fault");

    expect([answer.status, await answer.json()]).to.deep.equal([
      404,
      { error: "No such control endpoint. There are: GET health, GET status, POST seed, POST stop." },
    ]);
  });

  it("takes another port when the preferred one is in use", async () => {
    const plane = { epoch: "e2", cloud: { host: "127.0.0.1", port: 1 }, status: () => ({}), stop: () => undefined };
    const second = await startFront(plane, front.port);
    await second.close();

    expect(second.port).to.not.equal(front.port);
  });
});
