import { expect } from "chai";
import { chooseListener } from "../../../sandbox/load/choose-listener";
import { defaultRoutes } from "../../../sandbox/load/default-paths";
import { parseHeader } from "../../../sandbox/load/open-load";
import type { ListenerPort } from "../../../sandbox/model/targets";
import { configOf } from "./a-config";

const listener = (loadBalancer: string, port: number, more: Partial<ListenerPort> = {}): ListenerPort => ({
  account: "111111111111",
  region: "eu-central-1",
  loadBalancer,
  dnsName: `${loadBalancer}.example`,
  protocol: port === 443 ? "HTTPS" : "HTTP",
  port,
  address: `http://127.0.0.1:${port + 40_000}`,
  ...more,
});
const wish = { account: "111111111111", region: "eu-central-1", stack: "staging", own: ["web"] };

describe("the listener of a load", () => {
  it("is the one on 443 where there is one, and the one that was asked for", () => {
    const ports = [listener("web", 80), listener("web", 443), listener("web", 443, { account: "222222222222" })];

    expect(chooseListener(ports, wish)).to.equal(ports[1]);
    expect(chooseListener(ports, { ...wish, port: 80 })).to.equal(ports[0]);
    expect(chooseListener([listener("web", 8080), listener("web", 80)], wish).port).to.equal(80);
  });

  it("is the stack's own, whatever else the account has", () => {
    const ports = [listener("admin", 80), listener("web", 80)];

    expect(chooseListener(ports, wish)).to.equal(ports[1]);
    expect(chooseListener(ports, { ...wish, loadBalancer: "admin" })).to.equal(ports[0]);
  });

  it("must be named where a stack has several load balancers", () => {
    const ports = [listener("web", 80), listener("admin", 80)];
    const several = { ...wish, own: ["web", "admin"] };

    expect(() => chooseListener(ports, several)).to.throw("staging has several load balancers: admin, web.");
    expect(chooseListener(ports, { ...several, loadBalancer: "admin" })).to.equal(ports[1]);
  });

  it("is missed with words about what there is", () => {
    expect(() => chooseListener([listener("web", 80)], { ...wish, port: 443 })).to.throw("There is web:80.");
    expect(() => chooseListener([], wish)).to.throw("staging has no load balancer in the sandbox");
    expect(() => chooseListener([listener("admin", 80)], wish)).to.throw("Account and region have admin.");
  });
});

describe("the routes of a load", () => {
  it("reach every service behind the load balancer, by its own patterns", () => {
    const config = configOf({
      shop: {},
      api: { paths: ["/api/v?/*", "/other"] },
      admin: { hosts: ["*.admin.example"] },
      worker: undefined,
    });

    expect(defaultRoutes(config)).to.deep.equal([
      { service: "shop", path: "/", host: undefined },
      { service: "api", path: "/api/vx/load", host: undefined },
      { service: "admin", path: "/", host: "load.admin.example" },
    ]);
  });
});

describe("a header of a load", () => {
  it("is a name and a value", () => {
    expect(parseHeader("X-Canary: yes: really")).to.deep.equal(["x-canary", "yes: really"]);
  });

  for (const text of ["", "name", ": value", "na me: x", "x: a\r\nhost: b"]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(() => parseHeader(text)).to.throw("is not a header");
    });
  }
});
