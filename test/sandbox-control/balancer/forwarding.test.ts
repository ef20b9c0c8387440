import { expect } from "chai";
import { BalancerWorld } from "./balancer-world";
import { groupArn } from "./told-cloud";

describe("a request through the load balancer", () => {
  let world: BalancerWorld;
  beforeEach(() => void (world = new BalancerWorld()));
  afterEach(() => world.close());

  const oneGroup = { listeners: [{ weights: { blue: 1 } }], groups: { blue: {} } };

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
    await world.serve(groupArn("blue"), program);

    const { status, headers, body } = await world.get("/cart?item=1", { method: "POST", body: "two" });

    expect({ status, own: headers["x-own"], body }).to.deep.equal({
      status: 201,
      own: "yes",
      body: "POST /cart?item=1 two",
    });
  });

  it("gets 503 with AWS' page when the group has no target", async () => {
    await world.set(oneGroup);

    const { status, headers, body } = await world.get("/");

    expect({ status, server: headers.server, body }).to.deep.equal({
      status: 503,
      server: "awselb/2.0",
      body: "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n",
    });
  });
});
