import { expect } from "chai";
import type { DnsAnswer } from "../../../sandbox/dns/resolver";
import { proxyNames } from "../../../sandbox/front/proxy-names";
import type { ListenerPort } from "../../../sandbox/model/targets";

const listener = (account: string, port: number): ListenerPort => ({
  account,
  region: "eu-central-1",
  loadBalancer: "shop",
  dnsName: "shop-1.elb",
  protocol: "HTTP",
  port,
  address: `http://127.0.0.1:4${port}`,
});

const none: DnsAnswer = { kind: "nxdomain", answers: [], records: [], ttl: undefined, listeners: [], notes: [] };
const listeners = [80, 443].map((port) => ({ port, address: `http://127.0.0.1:4${port}` }));

/** The zone of shop.example is the second account's. */
function names() {
  const asked: string[] = [];
  const found = proxyNames({
    ports: () => [listener("111111111111", 80), listener("111111111111", 443), listener("222222222222", 80)],
    resolver: {
      async resolve({ account }, name) {
        asked.push(`${account} ${name}`);
        if (name === "shop.example" && account === "222222222222")
          return { ...none, kind: "answer", answers: ["127.0.0.1"], listeners };
        if (name === "old.example") return { ...none, kind: "answer", answers: ["203.0.113.9"] };
        return none;
      },
    },
  });
  return { asked, find: found.find.bind(found) };
}

describe("a name that the proxy is asked for", () => {
  it("leads to the listener on its port, asked of every account that has a load balancer, each once", async () => {
    const { find, asked } = names();

    expect(await find(undefined, "shop.example", 443)).to.deep.equal({ kind: "found", host: "127.0.0.1", port: 4443 });
    expect(asked).to.deep.equal(["111111111111 shop.example", "222222222222 shop.example"]);
  });

  it("is asked only of the account in whose name the proxy is used", async () => {
    const { find, asked } = names();

    await find({ account: "111111111111", region: "eu-west-1" }, "shop.example", 80);

    expect(asked).to.deep.equal(["111111111111 shop.example"]);
  });

  const unknown = {
    "shop.example:8080": "shop.example has no listener on port 8080, but on 80, 443.",
    "old.example:80": "old.example is 203.0.113.9, which is no load balancer of the sandbox.",
    "no.example:80":
      "The sandbox knows no no.example: it is neither a load balancer's name nor in a public hosted zone. `slipway sandbox dig no.example` says more.",
  };
  for (const [asked, why] of Object.entries(unknown)) {
    it(`is told what is wrong with ${asked}`, async () => {
      const [name = "", port] = asked.split(":");

      expect(await names().find(undefined, name, Number(port))).to.deep.equal({ kind: "unknown", why });
    });
  }
});
