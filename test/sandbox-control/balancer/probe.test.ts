import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { probe } from "../../../sandbox/balancer/health/probe";
import type { ProbeOutcome } from "../../../sandbox/balancer/health/verdict";

describe("probe", () => {
  let server: Server;
  let seen = "";
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const outcome = async (answer: (socket: Socket) => void): Promise<ProbeOutcome> => {
    seen = "";
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (bytes: Buffer) => {
        seen = bytes.toString();
        answer(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.3.5.1", resolve));
    const { port } = server.address() as AddressInfo;
    return probe({ ip: "127.3.5.1", port, host: "127.3.5.1:8080", path: "/health", isTls: false, timeoutMs: 60 });
  };

  it("asks as ELB-HealthChecker and reads the status, without waiting for the body", async () => {
    const told = await outcome((socket) => socket.write("HTTP/1.1 204 No Content\r\nContent-Length: 100\r\n\r\n"));
    expect([told, seen]).to.deep.equal([
      { kind: "answer", status: 204 },
      "GET /health HTTP/1.1\r\nHost: 127.3.5.1:8080\r\nConnection: close\r\nUser-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n",
    ]);
  });

  it("reads an answer that comes byte by byte", async () => {
    const told = await outcome((socket) => {
      for (const byte of "HTTP/1.1 503 Busy\r\n\r\n") socket.write(byte);
    });
    expect(told).to.deep.equal({ kind: "answer", status: 503 });
  });

  for (const [what, answer] of Object.entries<(socket: Socket) => void>({
    "an end without an answer": (socket) => socket.end(),
    "a reset": (socket) => socket.resetAndDestroy(),
    "an answer that is none": (socket) => socket.end("SSH-2.0-OpenSSH\r\n\r\n"),
    "a status that is none": (socket) => socket.end("HTTP/1.1 999 What\r\n\r\n"),
    "a head without an end": (socket) => socket.write("x".repeat(40_000)),
  })) {
    it(`fails for ${what}`, async () => expect(await outcome(answer)).to.deep.equal({ kind: "failed" }));
  }

  it("times out for a program that does not answer", async () => {
    expect(await outcome(() => undefined)).to.deep.equal({ kind: "timeout" });
  });

  it("fails for a port on which nobody listens", async () => {
    await outcome(() => undefined);
    const told = await probe({ ip: "127.3.5.2", port: 1, host: "x", path: "/", isTls: false, timeoutMs: 1000 });
    expect(told).to.deep.equal({ kind: "failed" });
  });
});
