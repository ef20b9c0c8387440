import { createServer } from "node:http";
import { connect as connectTls } from "node:tls";
import { expect } from "chai";
import { portsToTry } from "../../../sandbox/balancer/plane/ports";
import { BalancerWorld } from "./balancer-world";
import { groupArn, scope, toldCloud } from "./told-cloud";
import { testCertificate } from "./test-certificate";

const fixed = (text: string): object => ({
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "200", MessageBody: text },
});

describe("the listeners on this machine", () => {
  let world: BalancerWorld;
  beforeEach(() => void (world = new BalancerWorld()));
  afterEach(() => world.close());

  it("have ports of their own, which are told with the names of the API", async () => {
    await world.set({ listeners: [{ actions: [fixed("one")] }, { port: 8080, actions: [fixed("two")] }] });
    const common = {
      ...scope,
      loadBalancer: "shop",
      dnsName: "shop-1.eu-central-1.elb.amazonaws.com",
      protocol: "HTTP",
    };
    expect(world.balancer.ports()).to.deep.equal([
      { ...common, port: 80, address: `http://127.0.0.1:${world.port(80)}` },
      { ...common, port: 8080, address: `http://127.0.0.1:${world.port(8080)}` },
    ]);
    expect([(await world.get("/")).body, (await world.get("/", { port: 8080 })).body]).to.deep.equal(["one", "two"]);
  });

  it("keep their port when rules change, and give it back when they are deleted", async () => {
    await world.set({ listeners: [{ actions: [fixed("one")] }] });
    const port = world.port();
    await world.set({ listeners: [{ actions: [fixed("two")] }] });
    expect([world.port(), (await world.get("/")).body]).to.deep.equal([port, "two"]);
    await world.set({});
    expect(world.balancer.ports()).to.deep.equal([]);
    const free = createServer();
    await new Promise<void>((resolve, reject) => free.once("error", reject).listen(port, "127.0.0.1", resolve));
    await new Promise((resolve) => free.close(resolve));
  });

  it("take the next port when somebody has theirs", async () => {
    await world.set({ listeners: [{ actions: [fixed("one")] }] });
    const other = new BalancerWorld();
    await other.set({ listeners: [{ actions: [fixed("other")] }] });
    expect(other.port()).not.to.equal(world.port());
    expect([(await world.get("/")).body, (await other.get("/")).body]).to.deep.equal(["one", "other"]);
    await other.close();
  });

  it("speak TLS with a certificate of the cloud, for the names of the rules as well", async () => {
    await world.close();
    world = new BalancerWorld({}, { "/slipway/certificate": () => testCertificate });
    const rules = [
      {
        priority: 1,
        conditions: [{ Field: "host-header", Values: ["Shop.example", "*.shop.example", "a*.example"] }],
        actions: [fixed("shop")],
      },
    ];
    await world.set({ listeners: [{ port: 443, protocol: "HTTPS", actions: [fixed("secret")], rules }] });

    expect((await world.get("/", { port: 443 })).body).to.equal("secret");
    expect(world.balancer.ports()[0]?.address).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
    const asked = world.moto.calls.find(({ name }) => name === "/slipway/certificate");
    expect(asked?.input).to.deep.equal({
      names: ["shop-1.eu-central-1.elb.amazonaws.com", "localhost", "shop.example", "*.shop.example"],
      addresses: ["127.0.0.1"],
    });
  });

  it("outlive a client that breaks its TLS handshake off", async () => {
    await world.close();
    world = new BalancerWorld({}, { "/slipway/certificate": () => testCertificate });
    await world.set({ listeners: [{ port: 443, protocol: "HTTPS", actions: [fixed("secret")] }] });
    await world.bytes("GET / HTTP/1.1\r\n\r\n", 443).catch(() => "reset");
    await new Promise<void>((resolve) => {
      const socket = connectTls({ host: "127.0.0.1", port: world.port(443), maxVersion: "TLSv1.1" });
      socket.on("error", () => resolve()).on("secureConnect", () => resolve());
    });
    expect((await world.get("/", { port: 443 })).body).to.equal("secret");
  });

  it("do not take the others down when one has no certificate", async () => {
    await world.set({
      listeners: [{ port: 443, protocol: "HTTPS", actions: [fixed("secret")] }, { actions: [fixed("plain")] }],
    });
    expect(world.balancer.ports().map(({ port }) => port)).to.deep.equal([80]);
    expect((await world.get("/")).body).to.equal("plain");
    expect(world.lines).to.have.lengthOf(1);
  });

  it("are shown with rules, conditions and weights", async () => {
    await world.set({
      listeners: [
        {
          weights: { blue: 90, green: 10 },
          rules: [
            {
              priority: 7,
              conditions: [
                { Field: "path-pattern", Values: ["/a/*", "/b"] },
                { Field: "host-header", Values: ["shop.example"] },
              ],
              actions: [fixed("x")],
            },
          ],
        },
      ],
      groups: { blue: {}, green: {} },
    });
    await world.serve(groupArn("blue"), { id: "127.3.4.1", port: 1 });
    const common = { loadBalancer: "shop", address: `http://127.0.0.1:${world.port()}`, port: 80 };
    expect(world.balancer.rules()).to.deep.equal([
      {
        ...common,
        priority: "7",
        conditions: ["path /a/*, /b", "host shop.example"],
        action: "fixed-response 200",
        weights: [],
      },
      {
        ...common,
        priority: "default",
        conditions: [],
        weights: [
          { group: "blue", weight: 90, healthy: 1, registered: 1 },
          { group: "green", weight: 10, healthy: 0, registered: 0 },
        ],
      },
    ]);
  });

  it("of one account stay when those of another are read and have none", async () => {
    await world.close();
    const one = toldCloud({ listeners: [{ weights: { blue: 1 } }], groups: { blue: {} } });
    const none = { LoadBalancers: [], Listeners: [], Rules: [], TargetGroups: [] };
    world = new BalancerWorld({}, { "/slipway/balancers": ({ account }) => (account === scope.account ? one : none) });
    await world.balancer.reload(scope);
    await world.balancer.reload({ account: "999999999999", region: scope.region });
    expect([world.balancer.ports().length, world.balancer.targets.group(groupArn("blue"))]).to.deep.equal([
      1,
      { hasLoadBalancer: true },
    ]);
  });
});

describe("portsToTry", () => {
  it("gives a load balancer the same ports every time, 80 and 443 side by side, and any free one at last", () => {
    const [http = 0, ...others] = portsToTry("123456789012/eu-central-1/shop", 80);
    expect(portsToTry("123456789012/eu-central-1/shop", 80)[0]).to.equal(http);
    expect(portsToTry("123456789012/eu-central-1/shop", 443)[0]).to.equal(http + 1);
    expect([http >= 18_000, Math.max(http, ...others) < 28_000, others.at(-1)]).to.deep.equal([true, true, 0]);
  });
});
