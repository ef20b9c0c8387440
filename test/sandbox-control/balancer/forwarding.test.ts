import { createServer } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import { BalancerWorld } from "./balancer-world";
import { forwardTo, groupArn } from "./told-cloud";

const oneGroup = { listeners: [{ weights: { blue: 1 } }], groups: { blue: {} } };
const blue = groupArn("blue");
const green = groupArn("green");

describe("a request through the load balancer", () => {
  let world: BalancerWorld;
  beforeEach(() => void (world = new BalancerWorld()));
  afterEach(() => world.close());

  it("reaches the program with body, path and query, and brings its answer back", async () => {
    await world.set(oneGroup);
    const program = await world.program("127.3.0.1", (request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        response.writeHead(201, "Made", { "X-Own": "yes" });
        response.end(`${request.method} ${request.url} ${body}`);
      });
    });
    await world.serve(blue, program);

    const { status, headers, body } = await world.get("/cart?item=1", { method: "POST", body: "two" });

    expect({ status, own: headers["x-own"], body }).to.deep.equal({
      status: 201,
      own: "yes",
      body: "POST /cart?item=1 two",
    });
  });

  it("tells the program where it came from, and keeps what belongs to one connection to itself", async () => {
    await world.set(oneGroup);
    const program = await world.program("127.3.0.1", (request, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    await world.serve(blue, program);

    const { body } = await world.get("/", {
      headers: {
        Host: "SHOP.example:18000",
        "X-Forwarded-For": "10.1.2.3",
        Connection: "X-Secret",
        "X-Secret": "1",
        "X-Kept": "2",
        Expect: "100-continue",
        "Transfer-Encoding": "chunked",
      },
      method: "POST",
      body: "x",
    });

    const { "x-amzn-trace-id": trace, ...rest } = JSON.parse(body) as Record<string, string>;
    expect(trace).to.match(/^Root=1-6955b9[0-9a-f]{2}-[0-9a-f]{24}$/);
    expect(rest).to.deep.equal({
      host: "shop.example",
      "x-kept": "2",
      "transfer-encoding": "chunked",
      "x-forwarded-for": "10.1.2.3, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "80",
      connection: "keep-alive",
    });
  });

  it("goes to the group of the first rule that matches, by the weights that hold at its moment", async () => {
    const rules = (weights: Record<string, number>) => ({
      listeners: [
        {
          weights: { blue: 1 },
          rules: [
            { priority: 5, conditions: [{ Field: "path-pattern", Values: ["/api/*"] }], actions: [forwardTo(weights)] },
          ],
        },
      ],
      groups: { blue: {}, green: {} },
    });
    await world.set(rules({ blue: 100, green: 0 }));
    await world.serve(blue, await world.telling("127.3.0.1"));
    await world.serve(green, await world.telling("127.3.0.2"));
    const bodies = [(await world.get("/api/1")).body];
    await world.set(rules({ blue: 0, green: 100 }));
    bodies.push((await world.get("/api/1")).body, (await world.get("/other")).body);

    expect(bodies).to.deep.equal(["127.3.0.1", "127.3.0.2", "127.3.0.1"]);
  });

  it("gets 503 for the share of a group without targets: no other group steps in", async () => {
    await world.set({ listeners: [{ weights: { blue: 50, green: 50 } }], groups: { blue: {}, green: {} } });
    await world.serve(blue, await world.telling("127.3.0.1"));
    world.draw = 0.2;
    const statuses = [(await world.get("/")).status];
    world.draw = 0.7;
    statuses.push((await world.get("/")).status);
    expect(statuses).to.deep.equal([200, 503]);
  });

  it("gets 503 with AWS' page when all weights are 0", async () => {
    await world.set({ listeners: [{ weights: { blue: 0, green: 0 } }], groups: { blue: {}, green: {} } });
    await world.serve(blue, await world.telling("127.3.0.1"));

    const { status, headers, body } = await world.get("/");

    expect({ status, server: headers.server, body }).to.deep.equal({
      status: 503,
      server: "awselb/2.0",
      body: "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n",
    });
  });

  it("goes to healthy targets in turn, and to all of them when none is healthy", async () => {
    await world.set(oneGroup);
    const programs = await Promise.all(["127.3.0.1", "127.3.0.2", "127.3.0.3"].map((id) => world.telling(id)));
    await world.serve(blue, ...programs);
    const round = async (): Promise<string[]> => {
      const bodies = [];
      for (let count = 0; count < 6; count++) bodies.push((await world.get("/")).body);
      return bodies.sort();
    };
    const all = ["127.3.0.1", "127.3.0.1", "127.3.0.2", "127.3.0.2", "127.3.0.3", "127.3.0.3"];
    expect(await round()).to.deep.equal(all);

    world.outcomes.set("127.3.0.3", { kind: "failed" });
    await world.clock.advance(60_000);
    expect([...new Set(await round())]).to.deep.equal(["127.3.0.1", "127.3.0.2"]);

    for (const { id } of programs) world.outcomes.set(id, { kind: "failed" });
    await world.clock.advance(60_000);
    expect(await round()).to.deep.equal(all);
  });

  it("is answered by a fixed response or a redirect without any target", async () => {
    await world.set({
      listeners: [
        {
          actions: [
            {
              Type: "fixed-response",
              FixedResponseConfig: { StatusCode: "404", ContentType: "text/plain", MessageBody: "Not found" },
            },
          ],
          rules: [
            {
              priority: 1,
              conditions: [{ Field: "path-pattern", Values: ["/old"] }],
              actions: [{ Type: "redirect", RedirectConfig: { Path: "/new", StatusCode: "HTTP_302" } }],
            },
          ],
        },
      ],
    });
    const fixed = await world.get("/x");
    expect([fixed.status, fixed.headers["content-type"], fixed.body]).to.deep.equal([404, "text/plain", "Not found"]);
    const named = await world.get("/old?a=1", { headers: { Host: "shop.example" } });
    expect([named.status, named.headers.location]).to.deep.equal([302, "http://shop.example:80/new?a=1"]);
    const local = await world.get("/old");
    expect(local.headers.location).to.equal(`http://127.0.0.1:${world.port()}/new`);
  });

  describe("at a deregistration", () => {
    it("is finished when it was under way, while new ones go elsewhere", async () => {
      await world.set(oneGroup);
      let release: (() => void) | undefined;
      const arrived = new Promise<void>((resolve) => {
        void world
          .program("127.3.0.1", (_request, response) => {
            release = () => response.end("finished");
            resolve();
          })
          .then((program) => world.serve(blue, program))
          .then(() => (slow = world.get("/")));
      });
      let slow: ReturnType<typeof world.get> | undefined;
      await arrived;
      const [first] = world.balancer.targets.health(blue);
      const target = { id: first?.id ?? "", port: first?.port ?? 0 };
      world.balancer.targets.deregister(blue, target);
      let isDrained = false;
      const drained = world.balancer.targets.drained(blue, target).then(() => (isDrained = true));
      await world.clock.advance(10_000);

      expect({ isDrained, other: (await world.get("/")).status }).to.deep.equal({ isDrained: false, other: 503 });
      release?.();
      expect((await slow)?.body).to.equal("finished");
      await drained;
    });

    it("gets 502 when the delay ends before its answer", async () => {
      await world.set(oneGroup);
      let arrive: () => void = () => undefined;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const program = await world.program("127.3.0.1", () => arrive());
      await world.serve(blue, program);
      const reply = world.get("/");
      await arrived;
      world.balancer.targets.deregister(blue, program);
      const drained = world.balancer.targets.drained(blue, program);
      await world.clock.advance(300_000);
      await drained;
      expect((await reply).status).to.equal(502);
    });
  });

  it("that becomes a WebSocket is a connection between both", async () => {
    await world.set(oneGroup);
    const program = await world.program("127.3.0.1", (_request, response) => response.end());
    const far = createServer();
    far.on("upgrade", (_request, socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      socket.on("data", (bytes: Buffer) => socket.end(`echo ${bytes.toString()}`));
    });
    await new Promise<void>((resolve) => far.listen(program.port, "127.3.0.2", resolve));
    await world.serve(blue, { id: "127.3.0.2", port: program.port });

    const socket = connect({ host: "127.0.0.1", port: world.port() });
    socket.write("GET /chat HTTP/1.1\r\nHost: shop.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    let text = "";
    await new Promise<void>((resolve) => {
      socket.on("data", (bytes: Buffer) => {
        text += bytes.toString();
        if (text.endsWith("\r\n\r\n")) socket.write("hello");
      });
      socket.on("close", () => resolve());
    });
    far.close();
    expect(text).to.equal(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\necho hello",
    );
  });
});
