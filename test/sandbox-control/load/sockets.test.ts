import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { Outcome } from "../../../sandbox/load/outcome";
import { loadPorts, type RealLoadPorts } from "../../../sandbox/load/sockets";

describe("the sockets of a load", () => {
  let server: Server | undefined;
  let ports: RealLoadPorts | undefined;

  afterEach(() => {
    ports?.close();
    server?.closeAllConnections();
    server?.close();
    server = ports = undefined;
  });

  const serve = async (listener: RequestListener): Promise<string> => {
    const own = (server = createServer(listener));
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  };
  const ask = async (origin: string, headers: Record<string, string> = {}, timeoutMs = 5000): Promise<Outcome> => {
    const own = (ports ??= loadPorts({ connections: 4, timeoutMs }));
    return new Promise((resolve) => own.send({ origin, path: "/x?y=1", headers }, resolve));
  };

  it("ask for the path with the given headers, and tell who has answered", async () => {
    const seen: unknown[] = [];
    const origin = await serve((request, response) => {
      seen.push([request.method, request.url, request.headers.host, request.headers["x-canary"]]);
      response.writeHead(201, { "x-slipway-version": "v7", "x-slipway-task": "t9" }).end("done");
    });

    const outcome = await ask(origin, { host: "shop.example", "x-canary": "yes" });

    expect(outcome).to.deep.equal({ kind: "answer", status: 201, version: "v7", task: "t9" });
    expect(seen).to.deep.equal([["GET", "/x?y=1", "shop.example", "yes"]]);
  });

  it("keep a connection for the next request", async () => {
    let connections = 0;
    const origin = await serve((_, response) => void response.end());
    server?.on("connection", () => connections++);

    for (let round = 0; round < 5; round++) await ask(origin);

    expect(connections).to.equal(1);
  });

  it("tell an answer that was broken off from a whole one", async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    });

    expect((await ask(origin)).kind).to.equal("connection");
  });

  it("tell a refused connection", async () => {
    const origin = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));

    expect(await ask(origin)).to.deep.equal({ kind: "connection", reason: "ECONNREFUSED" });
  });

  it("give up an answer that does not come, also while it waits for a free connection", async () => {
    const origin = await serve(() => undefined);

    const outcomes = await Promise.all(Array.from({ length: 6 }, () => ask(origin, {}, 60)));

    expect(outcomes).to.deep.equal(Array(6).fill({ kind: "timeout" }));
  });
});
