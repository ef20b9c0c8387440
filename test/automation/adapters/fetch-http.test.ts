import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect, createServer as createPlainServer, type AddressInfo, type Server as PlainServer } from "node:net";
import { expect } from "chai";
import { fetchHttp } from "../../../automation/adapters/fetch-http";
import { whyFailed } from "../../../automation/adapters/http-failure";
import type { HttpAnswer } from "../../../automation/ports/http";

const servers: PlainServer[] = [];

async function listening(server: Server | PlainServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const serving = (answer: RequestListener): Promise<number> => listening(createServer(answer));

/** Without what differs from run to run. */
const plain = (answer: HttpAnswer): unknown =>
  answer.kind === "failed" ? answer : { status: answer.status, body: answer.body };

describe("an HTTP request", () => {
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      if ("closeAllConnections" in server) (server as Server).closeAllConnections();
    }
  });

  it("sends its headers, and gives status, headers and body", async () => {
    const port = await serving((request, response) => {
      response.writeHead(418, { "x-slipway-version": "v2", "set-cookie": ["a=1", "b=2"] });
      response.end(JSON.stringify({ host: request.headers.host, method: request.method, path: request.url }));
    });

    const answer = await fetchHttp({ env: {} }).get({
      url: `http://127.0.0.1:${port}/health?deep=1`,
      headers: { host: "shop.example" },
    });

    expect(plain(answer)).to.deep.equal({
      status: 418,
      body: '{"host":"shop.example","method":"GET","path":"/health?deep=1"}',
    });
    expect(answer).to.have.property("headers").that.includes({ "x-slipway-version": "v2", "set-cookie": "a=1, b=2" });
  });

  it("does not follow a redirect", async () => {
    const port = await serving((_request, response) => void response.writeHead(302, { location: "/other" }).end());

    expect(plain(await fetchHttp({ env: {} }).get({ url: `http://127.0.0.1:${port}/` }))).to.deep.equal({
      status: 302,
      body: "",
    });
  });

  it("reads 64 KiB and does not wait for more", async () => {
    const port = await serving((_request, response) => void response.write("x".repeat(70_000)));

    const answer = await fetchHttp({ env: {} }).get({ url: `http://127.0.0.1:${port}/` });

    expect(answer.kind === "answered" && answer.body.length).to.equal(65_536);
  });

  it("has an end though the server never answers, or never ends its answer", async () => {
    const silent = await listening(createPlainServer(() => undefined));
    const slow = await serving((_request, response) => void response.write("x"));
    const http = fetchHttp({ env: {} });

    const answers = await Promise.all(
      [silent, slow].map((port) => http.get({ url: `http://127.0.0.1:${port}/`, timeoutMs: 50 })),
    );

    const timeout = { kind: "failed", why: "timeout" };
    expect(answers).to.deep.equal([timeout, timeout]);
  });

  it("says why there is no answer", async () => {
    const closing = await listening(createPlainServer((socket) => void socket.end()));
    const babbling = await listening(createPlainServer((socket) => void socket.end("SSH-2.0-OpenSSH\r\n")));
    const closed = await serving(() => undefined);
    servers.pop()?.close();
    const http = fetchHttp({ env: {} });

    const answers = await Promise.all(
      [`http://127.0.0.1:${closed}/`, `http://127.0.0.1:${closing}/`, `http://127.0.0.1:${babbling}/`, "no url"].map(
        (url) => http.get({ url }),
      ),
    );

    expect(answers).to.deep.equal([
      { kind: "failed", why: "connection refused" },
      { kind: "failed", why: "the connection was closed" },
      { kind: "failed", why: "no HTTP at the other end" },
      { kind: "failed", why: "Invalid URL" },
    ]);
  });

  describe("with a proxy in the environment", () => {
    /** Tunnels everything to one place and writes down the names. */
    async function proxy(to: number): Promise<{ readonly env: Record<string, string>; readonly asked: string[] }> {
      const asked: string[] = [];
      const server = createServer();
      server.on("connect", (request: IncomingMessage, socket) => {
        asked.push(request.url ?? "");
        if (to === 0) return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        const onward = connect(to, "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 OK\r\n\r\n");
          socket.pipe(onward).pipe(socket);
        });
        onward.on("error", () => socket.destroy());
        socket.on("error", () => onward.destroy());
      });
      return { env: { HTTP_PROXY: `http://127.0.0.1:${await listening(server)}`, NO_PROXY: "127.0.0.1" }, asked };
    }

    it("goes through it by name, its `host` header unchanged", async () => {
      const origin = await serving((request, response) => void response.end(request.headers.host));
      const { env, asked } = await proxy(origin);
      const http = fetchHttp({ env });

      const answers = [
        await http.get({ url: "http://shop-123.eu-central-1.elb.amazonaws.com/" }),
        await http.get({
          url: "http://shop-123.eu-central-1.elb.amazonaws.com:8080/",
          headers: { host: "shop.example" },
        }),
      ];

      expect(answers.map(plain)).to.deep.equal([
        { status: 200, body: "shop-123.eu-central-1.elb.amazonaws.com" },
        { status: 200, body: "shop.example" },
      ]);
      expect(asked).to.deep.equal([
        "shop-123.eu-central-1.elb.amazonaws.com:80",
        "shop-123.eu-central-1.elb.amazonaws.com:8080",
      ]);
    });

    it("leaves it out for what NO_PROXY names", async () => {
      const origin = await serving((_request, response) => void response.end("direct"));
      const { env, asked } = await proxy(0);

      const answer = await fetchHttp({ env }).get({ url: `http://127.0.0.1:${origin}/` });

      expect([plain(answer), asked]).to.deep.equal([{ status: 200, body: "direct" }, []]);
    });

    it("says that it refused", async () => {
      const { env } = await proxy(0);

      expect(await fetchHttp({ env }).get({ url: "http://shop.example/" })).to.deep.equal({
        kind: "failed",
        why: "the proxy answered 502",
      });
    });
  });
});

describe("why there was no answer", () => {
  const coded = (code: string, message = "", more = {}): Error => Object.assign(new Error(message), { code, ...more });
  const cases: readonly (readonly [unknown, string])[] = [
    [coded("ENOTFOUND"), "the name does not resolve"],
    [coded("EHOSTUNREACH"), "no route to the host"],
    [coded("ETIMEDOUT"), "timeout"],
    [coded("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"), "certificate: self-signed certificate"],
    [coded("ERR_TLS_CERT_ALTNAME_INVALID", "not its name"), "certificate: not its name"],
    [coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "no issuer"), "certificate: no issuer"],
    [coded("CERT_HAS_EXPIRED", "expired"), "certificate: expired"],
    [coded("ERR_SSL_WRONG_VERSION_NUMBER", "wrong version"), "no TLS at the other end"],
    [coded("", "", { errors: [coded("ECONNREFUSED")] }), "connection refused"],
    [coded("UND_ERR", "fetch failed", { cause: coded("ECONNRESET") }), "the connection was closed"],
    [undefined, "unknown"],
  ];
  for (const [error, expected] of cases) {
    it(`is ${expected}`, () => {
      expect(whyFailed(error)).to.equal(expected);
    });
  }
});
