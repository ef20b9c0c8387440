import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { CreateListenerCommand, CreateLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { connect, createServer, type Server } from "node:net";
import { portsToTry } from "../../../sandbox/balancer/plane/ports";
import { scopeKey } from "../../../sandbox/model/scope";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, type Shop } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const account = "100000000065";
const name = "harassed";
const authorization = `AWS4-HMAC-SHA256 Credential=SANDBOX${account}/20260102/eu-central-1/ecs/aws4_request, SignedHeaders=host, Signature=x`;

describe("the running sandbox, of connections that do not behave,", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let shop: Shop;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, account);
    shop = await openShop(cloud, name, ["v1"]);
  });

  describe("on the port of a load balancer:", () => {
    for (const [what, bytes, expected] of [
      ["garbage", "\x00\x01\x02garbage\r\n\r\n", "HTTP/1.1 400 Bad Request"],
      ["a TLS greeting", Buffer.from("16030100050100000100", "hex"), "HTTP/1.1 400 Bad Request"],
      ["a request without a host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"],
      ["HTTP of another time", "GET / HTTP/9.9\r\nhost: x\r\n\r\n", "HTTP/1.1 505 HTTP Version Not Supported"],
      [
        "an endless header",
        `GET / HTTP/1.1\r\nhost: x\r\na: ${"b".repeat(70_000)}\r\n\r\n`,
        "HTTP/1.1 400 Bad Request",
      ],
      [
        "two lengths",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "HTTP/1.1 400 Bad Request",
      ],
      ["a request for a tunnel", "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n", "HTTP/1.1 400 Bad Request"],
      [
        "a good request, with nobody behind it",
        "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        "HTTP/1.1 503 Service Temporarily Unavailable",
      ],
    ] as const) {
      it(`${what} is answered with ${expected.slice(9)}`, async () => {
        expect(await firstLineOf(await shop.address(), bytes)).to.equal(expected);
      });
    }
  });

  it("a listener whose port somebody else has gets another one, and answers there", async () => {
    const balancer = await cloud.elb.send(
      new CreateLoadBalancerCommand({ Name: `${name}-taken`, Subnets: [...shop.subnets] }),
    );
    const [made] = balancer.LoadBalancers ?? [];
    const wanted = portsToTry(`${scopeKey(cloud)}/${name}-taken`, 80)[0] ?? 0;
    const squatter = await squat(wanted);
    try {
      await cloud.elb.send(
        new CreateListenerCommand({
          LoadBalancerArn: made?.LoadBalancerArn,
          Port: 80,
          Protocol: "HTTP",
          DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "418" } }],
        }),
      );
      const { ports } = (await cloud.control("GET", "ports")) as {
        ports: readonly { loadBalancer: string; address: string }[];
      };
      const address = ports.find(({ loadBalancer }) => loadBalancer === `${name}-taken`)?.address ?? "";
      expect(Number(new URL(address).port)).to.not.equal(wanted);
      expect((await fetch(address)).status).to.equal(418);
    } finally {
      squatter.close();
    }
  });

  it("connections that say half a thing and wait, or leave, keep nobody else from being answered", async () => {
    const targets = [endpoint ?? "", await shop.address()];
    const head = `POST / HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: 99\r\n`;
    const open = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const socket = connect(Number(new URL(targets[index % 2] ?? "").port), "127.0.0.1");
        await new Promise((resolve) => socket.once("connect", resolve));
        socket.on("error", () => undefined);
        socket.write(["", "PO", head, `${head}\r\n{`][index % 4] ?? "");
        if (index % 5 === 0) socket.resetAndDestroy();
        if (index % 5 === 1) socket.end();
        return socket;
      }),
    );
    const [api, balancer] = await Promise.all([
      cloud.ecs.send(new ListClustersCommand({})).then(({ $metadata }) => $metadata.httpStatusCode),
      fetch(await shop.address()),
    ]);
    for (const socket of open) socket.destroy();
    expect([api, balancer.status]).to.deep.equal([200, 503]);
  });
});

function firstLineOf(address: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(address).port), "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(5_000, () => reject(new Error("no answer")));
    socket.once("data", (data: Buffer) => {
      resolve(data.toString().split("\r\n")[0] ?? "");
      socket.destroy();
    });
    socket.once("error", reject);
    socket.once("end", () => reject(new Error("ended without an answer")));
  });
}

function squat(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
