import { createServer, get, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect } from "chai";
import type { Timer } from "../../../sandbox/model/clock";
import type { Snapshot } from "../../../sandbox/model/snapshot";
import { streamSnapshots } from "../../../sandbox/page/events";
import { eventData } from "../../../sandbox/page/watch-snapshots";
import { emptySnapshot } from "./a-snapshot";

/** Rounds that a test lets pass by hand. */
class FakeTimer {
  readonly running = new Set<() => void>();
  started = 0;

  every(_ms: number, work: () => void): Timer {
    this.started += 1;
    this.running.add(work);
    return { cancel: () => void this.running.delete(work) };
  }

  round(): void {
    for (const work of [...this.running]) work();
  }
}

describe("the stream of states", () => {
  let server: Server;
  let timer: FakeTimer;
  let now: Snapshot;
  let url: string;
  let left: Promise<void>;

  beforeEach(async () => {
    timer = new FakeTimer();
    now = emptySnapshot;
    const states = streamSnapshots({ snapshot: () => now, everyMs: 5000, timer });
    let leave: () => void = () => undefined;
    left = new Promise((resolve) => (leave = resolve));
    server = createServer((request, response) => {
      response.on("close", () => setImmediate(leave));
      states.stream(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const watch = async (headers: Record<string, string> = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => void get(url, { headers }, resolve).on("error", reject));
  const statesOf = (response: IncomingMessage): AsyncGenerator<string> => eventData(response);
  const next = async (from: AsyncGenerator<string>): Promise<unknown> =>
    JSON.parse(String((await from.next()).value)) as unknown;

  it("begins with the state as it is, and goes on with every change", async () => {
    const seen = statesOf(await watch());
    expect(await next(seen)).to.deep.equal(emptySnapshot);

    now = { ...emptySnapshot, faults: ["one"] };
    timer.round();

    expect(await next(seen)).to.deep.equal(now);
  });

  it("says nothing while only time passes, but for a sign of life every 15 seconds", async () => {
    const response = await watch();
    let text = "";
    response.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const first = `retry: 1000\n\ndata: ${JSON.stringify(emptySnapshot)}\n\n`;

    for (let round = 0; round < 7; round++) {
      now = { ...emptySnapshot, at: `2026-03-01T12:00:0${round}.000Z` };
      timer.round();
    }
    now = { ...now, faults: ["end"] };
    timer.round();
    while (!text.includes('"end"')) await new Promise((resolve) => response.once("data", resolve));

    expect(text.slice(first.length)).to.equal(`:\n\n:\n\ndata: ${JSON.stringify(now)}\n\n`);
  });

  it("has one timer for all who watch, and none when nobody does", async () => {
    expect(timer.running.size).to.equal(0);
    const [one, two] = await Promise.all([watch(), watch()]);
    expect([timer.running.size, timer.started]).to.deep.equal([1, 1]);

    one.destroy();
    two.destroy();
    await left;
    for (let turn = 0; timer.running.size > 0 && turn < 200; turn++) await new Promise(setImmediate);

    expect(timer.running.size).to.equal(0);
  });

  it("tells a late one what the others know, and all of them what comes then", async () => {
    const early = statesOf(await watch());
    await next(early);
    now = { ...emptySnapshot, faults: ["one"] };
    const late = statesOf(await watch());
    expect(await next(late)).to.deep.equal(now);

    timer.round();

    expect(await next(early)).to.deep.equal(now);
  });

  it("drops a client that does not read", async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
    while (timer.running.size === 0) await new Promise(setImmediate);

    for (let round = 0; round < 40 && timer.running.size > 0; round++) {
      now = { ...emptySnapshot, faults: [`${round} ${"x".repeat(2 ** 20)}`] };
      timer.round();
      await new Promise(setImmediate);
    }

    expect(timer.running.size).to.equal(0);
    socket.destroy();
  });

  it("tells nothing to a page of another host", async () => {
    expect((await watch({ host: "evil.example" })).statusCode).to.equal(403);
  });
});
