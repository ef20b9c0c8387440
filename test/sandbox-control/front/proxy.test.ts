import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import type { ProxyNames } from "../../../sandbox/front/proxy-names";
import { frontBefore, signed, type TestFront } from "./front-before";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe("the front as a proxy", () => {
  let front: TestFront;
  let listener: Server;
  let listenerPort: number;
  let seen: Seen[];
  let hang = false;

  before(async () => {
    listener = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body });
        if (hang) return;
        response.writeHead(207, {
          "x-from": "target",
          "set-cookie": ["a=1", "b=2"],
          connection: "close, x-private",
          "x-private": "1",
        });
        response.end("made");
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    listenerPort = (listener.address() as AddressInfo).port;
    const names: ProxyNames = {
      async find(scope, name, port) {
        if (name === "broken.example") throw new Error("the cloud is gone");
        if (name === "dead.example") return { kind: "found", host: "127.0.0.1", port: 1 };
        if (name === "scope.example") return { kind: "unknown", why: JSON.stringify(scope) };
        if (name !== "shop.example") return { kind: "unknown", why: `No ${name} on ${port}.` };
        return { kind: "found", host: "127.0.0.1", port: listenerPort };
      },
    };
    front = await frontBefore((request, response) => void response.end(`cloud ${request.url}`), { names });
  });

  beforeEach(() => {
    seen = [];
    hang = false;
  });

  after(async () => {
    await front.close();
    listener.close();
    listener.closeAllConnections();
  });

  const portOfFront = (): number => Number(new URL(front.address).port);

  /** What comes back on a connection of its own, until it is closed. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = "";
      const socket = connect(portOfFront(), "127.0.0.1", () => socket.write(text));
      socket.setTimeout(5000, () => socket.destroy(new Error(`The front hangs after ${JSON.stringify(answer)}.`)));
      socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
      socket.on("error", reject);
      socket.on("close", () => resolve(answer));
    });

  const statusAndText = (answer: string): readonly [number, string] => [
    Number(answer.split(" ")[1]),
    (answer.split("\r\n\r\n")[1] ?? "").trimEnd(),
  ];

  const lines = (...all: readonly string[]): string => `${all.join("\r\n")}\r\n\r\n`;

  it("hands a request on to the listener under the name of its URL, without the headers of the connection", async () => {
    const answer = await raw(
      lines(
        "GET http://shop.example/a?b=c HTTP/1.1",
        "Host: other.example",
        "X-Kept: yes",
        "X-Mine: no",
        "Proxy-Authorization: Basic abc",
        "Proxy-Connection: keep-alive",
        "Connection: close, X-Mine",
      ),
    );

    expect(answer).to.match(/^HTTP\/1.1 207 Multi-Status\r\n/);
    expect(answer).to.include("x-from: target\r\n").and.to.include("set-cookie: a=1\r\nset-cookie: b=2\r\n");
    expect(answer).not.to.include("x-private");
    expect(seen).to.deep.equal([
      {
        method: "GET",
        url: "/a?b=c",
        headers: { host: "shop.example", "x-kept": "yes", connection: "close" },
        body: "",
      },
    ]);
  });

  for (const framing of ["Content-Length: 4\r\n\r\ntext", "Transfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\n\r\n"]) {
    it(`hands a body with ${framing.split(":")[0]} on, of whatever method`, async () => {
      for (const method of ["POST", "GET"])
        await raw(`${method} http://shop.example:8080/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${framing}`);

      expect(seen.map(({ method, headers, body }) => [method, headers.host, body])).to.deep.equal([
        ["POST", "shop.example:8080", "text"],
        ["GET", "shop.example:8080", "text"],
      ]);
    });
  }

  const texts: readonly (readonly [string, number, string])[] = [
    ["GET http://no.example/ HTTP/1.1", 502, "No no.example on 80."],
    ["CONNECT no.example:443 HTTP/1.1", 502, "No no.example on 443."],
    ["GET http://broken.example/ HTTP/1.1", 502, "broken.example cannot be looked up: the cloud is gone"],
    ["CONNECT broken.example:80 HTTP/1.1", 502, "broken.example cannot be looked up: the cloud is gone"],
    ["GET http://dead.example/ HTTP/1.1", 502, "dead.example does not answer: connect ECONNREFUSED 127.0.0.1:1"],
    ["CONNECT dead.example:80 HTTP/1.1", 502, "dead.example:80 does not answer: connect ECONNREFUSED 127.0.0.1:1"],
    ["GET http://localhost:1/ HTTP/1.1", 502, "localhost is this machine and needs no proxy: name it in NO_PROXY."],
    ["CONNECT 127.0.0.1:1 HTTP/1.1", 502, "127.0.0.1 is this machine and needs no proxy: name it in NO_PROXY."],
    ["CONNECT shop.example HTTP/1.1", 400, "CONNECT names <name>:<port>."],
    [
      "GET https://shop.example/ HTTP/1.1",
      400,
      "A proxy is asked for http://<name>[:port]/<path>, and for everything else by CONNECT <name>:<port>.",
    ],
  ];
  for (const [line, status, text] of texts) {
    it(`answers "${line}" with ${status} and a reason`, async () => {
      expect(statusAndText(await raw(lines(line, "Host: x", "Connection: close")))).to.deep.equal([status, text]);
    });
  }

  it("asks in the name of the account that the proxy's URL carries", async () => {
    const credential = Buffer.from("SANDBOX111122223333:eu-west-1").toString("base64");

    const answer = await raw(
      lines(
        "GET http://scope.example/ HTTP/1.1",
        "Host: x",
        `Proxy-Authorization: Basic ${credential}`,
        "Connection: close",
      ),
    );

    expect(statusAndText(answer)).to.deep.equal([502, '{"account":"111122223333","region":"eu-west-1"}']);
  });

  /** A connection through the proxy. */
  const tunnel = (authority: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port: portOfFront(), method: "CONNECT", path: authority });
      request.on("connect", (answer, socket) =>
        answer.statusCode === 200 ? resolve(socket) : reject(new Error(String(answer.statusCode))),
      );
      request.on("error", reject);
      request.end();
    });

  it("makes a tunnel in which everything goes unchanged, both ways", async () => {
    const socket = await tunnel("shop.example:80");
    const answer = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
      socket.on("close", () => resolve(text));
    });
    socket.write(lines("GET /in HTTP/1.1", "Host: other.example", "Proxy-Connection: kept"));

    expect(statusAndText(await answer)[0]).to.equal(207);
    expect(seen.map(({ url, headers }) => [url, headers])).to.deep.equal([
      ["/in", { host: "other.example", "proxy-connection": "kept" }],
    ]);
  });

  it("sends what came with the CONNECT", async () => {
    const answer = await raw(
      lines("CONNECT shop.example:80 HTTP/1.1", "Host: x") + lines("GET /early HTTP/1.1", "Host: x"),
    );

    expect(answer).to.include("HTTP/1.1 200 Connection Established\r\n\r\nHTTP/1.1 207");
    expect(seen.map(({ url }) => url)).to.deep.equal(["/early"]);
  });

  it("lets go of the listener when the client goes", async () => {
    hang = true;
    const arrived = new Promise<Socket>((resolve) => listener.once("connection", resolve));
    const client = connect(portOfFront(), "127.0.0.1", () =>
      client.write(lines("GET http://shop.example/ HTTP/1.1", "Host: x")),
    );
    client.on("error", () => undefined);
    const far = await arrived;

    client.destroy();

    await new Promise((resolve) => far.once("close", resolve));
  });

  it("leaves requests to itself alone, in whatever form they come", async () => {
    const headers = Object.entries(signed("s3")).map(([name, value]) => `${name}: ${value}`);
    const plain = await raw(lines("GET /bucket HTTP/1.1", "Host: x", ...headers, "Connection: close"));
    const proxied = await raw(
      lines(`GET ${front.address}/bucket HTTP/1.1`, "Host: x", ...headers, "Connection: close"),
    );
    const socket = await tunnel(new URL(front.address).host);
    socket.destroy();

    expect([plain, proxied].map((answer) => answer.includes("cloud /bucket"))).to.deep.equal([true, true]);
  });

  it("ends its tunnels when it is closed", async () => {
    const names: ProxyNames = { find: async () => ({ kind: "found", host: "127.0.0.1", port: listenerPort }) };
    const other = await frontBefore(() => undefined, { names });
    const socket = connect(Number(new URL(other.address).port), "127.0.0.1", () =>
      socket.write(lines("CONNECT a:80 HTTP/1.1", "Host: x")),
    );
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.once("data", resolve));

    await other.close();

    await new Promise((resolve) => (socket.destroyed ? resolve(undefined) : socket.once("close", resolve)));
  });
});
