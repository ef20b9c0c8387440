import { expect } from "chai";
import { BalancerWorld } from "./balancer-world";
import { groupArn } from "./told-cloud";

const oneGroup = { listeners: [{ weights: { blue: 1 } }], groups: { blue: {} } };
const blue = groupArn("blue");

describe("a request", () => {
  let world: BalancerWorld;
  beforeEach(() => void (world = new BalancerWorld()));
  afterEach(() => world.close());

  describe("when the target", () => {
    const answerOf = async (id: string, port: number, idle = "60"): Promise<number> => {
      await world.set({ ...oneGroup, attributes: { "idle_timeout.timeout_seconds": idle } });
      await world.serve(blue, { id, port });
      return (await world.get("/")).status;
    };

    it("refuses the connection gets 502", async () => {
      const { id, port } = await world.telling("127.3.0.9");
      await world.close();
      world = new BalancerWorld();
      expect(await answerOf(id, port)).to.equal(502);
    });

    it("hangs up without an answer gets 502", async () => {
      const { id, port } = await world.program("127.3.0.1", (request) => request.socket.destroy());
      expect(await answerOf(id, port)).to.equal(502);
    });

    it("talks nonsense gets 502", async () => {
      const { id, port } = await world.program("127.3.0.1", (request) => request.socket.end("nonsense\r\n\r\n"));
      expect(await answerOf(id, port)).to.equal(502);
    });

    it("answers with too large a head gets 502", async () => {
      const { id, port } = await world.program("127.3.0.1", (_request, response) => {
        response.setHeader("X-Large", "x".repeat(33 * 1024));
        response.end();
      });
      expect(await answerOf(id, port)).to.equal(502);
    });

    it("has lost its network gets 504", async () => {
      await world.close();
      world = new BalancerWorld({ connectTimeoutMs: 20 });
      const { id, port } = await world.telling("127.3.0.1");
      world.lost.add(id);
      expect(await answerOf(id, port)).to.equal(504);
    });

    it("loses its network while it is working gets 504 after the idle timeout", async () => {
      const { id, port } = await world.program("127.3.0.1", (_request, response) => {
        world.lost.add(id);
        response.end("nobody hears it");
      });
      expect(await answerOf(id, port, "0.05")).to.equal(504);
      expect(world.data.filter(({ name }) => name === "TargetConnectionErrorCount")).to.deep.equal([]);
    });

    it("listens elsewhere only after its registration is found there", async () => {
      await world.close();
      const places = new Map<string, number>();
      world = new BalancerWorld({ placeOf: ({ id, port }) => ({ host: id, port: places.get(id) ?? port }) });
      const { id, port } = await world.telling("127.3.0.1");
      await world.set(oneGroup);
      await world.serve(blue, { id, port: 9 });
      const before = (await world.get("/")).status;
      places.set(id, port);
      expect([before, (await world.get("/")).status]).to.deep.equal([502, 200]);
    });

    it("stays silent for the idle timeout gets 504", async () => {
      const { id, port } = await world.program("127.3.0.1", () => undefined);
      expect(await answerOf(id, port, "0.05")).to.equal(504);
    });

    it("breaks off in the middle of its answer loses the client's connection as well", async () => {
      const { id, port } = await world.program("127.3.0.1", (request, response) => {
        response.writeHead(200, { "Content-Length": "100" });
        response.write("half", () => request.socket.destroy());
      });
      const failure = await answerOf(id, port).then(
        () => "an answer",
        (error: NodeJS.ErrnoException) => error.code,
      );
      expect(failure).to.equal("ECONNRESET");
    });
  });
});
