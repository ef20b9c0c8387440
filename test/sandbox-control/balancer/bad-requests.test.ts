import { connect } from "node:net";
import { expect } from "chai";
import { BalancerWorld } from "./balancer-world";
import { groupArn } from "./told-cloud";

const blue = groupArn("blue");

describe("what clients do wrong", () => {
  let world: BalancerWorld;
  const serve = async (idle = "60"): Promise<void> => {
    world = new BalancerWorld();
    await world.set({
      attributes: { "idle_timeout.timeout_seconds": idle },
      listeners: [{ weights: { blue: 1 } }],
      groups: { blue: {} },
    });
    const program = await world.program("127.3.3.1", (request, response) => {
      request.resume().on("end", () => response.end("127.3.3.1"));
    });
    await world.serve(blue, program);
  };
  beforeEach(() => serve());
  afterEach(async () => {
    // Whatever came before, the next one is served.
    expect((await world.get("/")).body).to.equal("127.3.3.1");
    await world.close();
  });

  const statusOf = (answer: string): string => answer.split("\r\n")[0] ?? "";
  const manyHeaders = Array.from({ length: 5 }, (_, index) => `X-${index}: ${"x".repeat(15_000)}\r\n`).join("");
  const forwarders = Array.from({ length: 31 }, (_, index) => `10.0.0.${index}`).join(", ");

  for (const [what, bytes, status] of [
    ["bytes that are no request", "\u0000\u0001\u0002 what is this\r\n\r\n", "HTTP/1.1 400 Bad Request"],
    ["a TLS hello on a plain port", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", "HTTP/1.1 400 Bad Request"],
    ["a request without Host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request"],
    [
      "a header of more than 16 KiB",
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${"x".repeat(17_000)}\r\n\r\n`,
      "HTTP/1.1 400 Bad Request",
    ],
    ["headers of more than 64 KiB", `GET / HTTP/1.1\r\nHost: a\r\n${manyHeaders}\r\n`, "HTTP/1.1 400 Bad Request"],
    [
      "a path of more than 16 KiB",
      `GET /${"x".repeat(17_000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      "HTTP/1.1 414 Request-URI Too Large",
    ],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "HTTP/1.1 400 Bad Request",
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 400 Bad Request",
    ],
    ["the method TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "HTTP/1.1 405 Method Not Allowed"],
    ["the method CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400 Bad Request"],
    [
      "31 forwarders",
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: ${forwarders}\r\n\r\n`,
      "HTTP/1.1 463 ",
    ],
    ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 505 HTTP Version Not Supported"],
    ["a version that there is not", "GET / HTTP/3.7\r\nHost: a\r\n\r\n", "HTTP/1.1 505 HTTP Version Not Supported"],
  ] as const) {
    it(`get ${status.slice(9, 12)} for ${what}`, async () => {
      const answer = await world.bytes(bytes);
      expect(statusOf(answer)).to.equal(status);
      expect(answer).to.contain("Server: awselb/2.0\r\n");
    });
  }

  it("get 501 for an encoding that is not chunked", async () => {
    const answer = await world.bytes(
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    );
    expect(statusOf(answer)).to.equal("HTTP/1.1 501 Not Implemented");
  });

  it("may be of HTTP/1.0, without Host and with the end of the connection as the end", async () => {
    const answer = await world.bytes("GET / HTTP/1.0\r\n\r\n");
    expect([statusOf(answer), answer.endsWith("\r\n\r\n127.3.3.1")]).to.deep.equal(["HTTP/1.1 200 OK", true]);
  });

  it("may name the whole address", async () => {
    const answer = await world.bytes(
      "GET http://shop.example/x HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n",
    );
    expect(statusOf(answer)).to.equal("HTTP/1.1 200 OK");
  });

  it("may ask for another protocol, which is ignored", async () => {
    const answer = await world.bytes(
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
    );
    expect([statusOf(answer), answer.endsWith("127.3.3.1")]).to.deep.equal(["HTTP/1.1 200 OK", true]);
  });

  it("get 408 when nothing comes, when a head does not end, and when a body does not", async () => {
    await world.close();
    await serve("0.3");
    const starts = [
      "G",
      "GET / HTTP/1.1\r\nHost: a\r\nX: ",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf",
    ];
    const answers = await Promise.all(starts.map((start) => world.bytes(start)));
    expect(answers.map(statusOf)).to.deep.equal(starts.map(() => "HTTP/1.1 408 Request Time-out"));
  });

  it("may go away at any point of a request", async () => {
    const pieces = [
      "",
      "GE",
      "GET / HTTP/1.1\r\nHo",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf",
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ];
    for (const piece of pieces) {
      for (const end of ["destroy", "resetAndDestroy"] as const) {
        await new Promise<void>((resolve) => {
          const socket = connect({ host: "127.0.0.1", port: world.port() }, () =>
            socket.write(piece || "x", () => socket[end]()),
          );
          socket.on("error", () => undefined).on("close", () => resolve());
        });
      }
    }
    expect(world.lines).to.deep.equal([]);
  });
});
