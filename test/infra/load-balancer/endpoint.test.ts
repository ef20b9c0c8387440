import { expect } from "chai";
import { endpointUrl, testListenerUrl } from "../../../infra/load-balancer/endpoint";
import type { AttachmentConfig, LoadBalancerConfig } from "../../../infra/config/schema";

const config = (conditions: Partial<AttachmentConfig>) => ({
  service: "web",
  container: "web",
  config: { ...conditions } as AttachmentConfig,
});

const plain = { scheme: "internal", http: "forward" } as LoadBalancerConfig;
const secure = { ...plain, https: { certificateArn: "arn:c", sslPolicy: "p" } } as LoadBalancerConfig;

describe("endpointUrl", () => {
  for (const [what, conditions, balancer, url] of [
    ["the default over HTTPS", {}, secure, "https://lb.example"],
    ["the default over HTTP", {}, plain, "http://lb.example"],
    ["a path up to its wildcard", { paths: ["/portal/*", "/api/v1/*"] }, secure, "https://lb.example/portal"],
    ["a path without a wildcard", { paths: ["/status"] }, secure, "https://lb.example/status"],
    ["every path", { paths: ["/*"] }, secure, "https://lb.example"],
    [
      "the first host that is one",
      { hosts: ["*.shop.example", "www.shop.example"] },
      secure,
      "https://www.shop.example",
    ],
    ["a host and a path", { hosts: ["shop.example"], paths: ["/api/*"] }, secure, "https://shop.example/api"],
  ] as const) {
    it(`leads to ${what}`, () => {
      expect(endpointUrl(config(conditions as Partial<AttachmentConfig>), balancer, "lb.example")).to.equal(url);
    });
  }
});

describe("testListenerUrl", () => {
  it("has the scheme of the main entrance and the port of its own", () => {
    const test = { port: 8443 };
    const found = [plain, secure].map((balancer) => testListenerUrl({ ...balancer, test }, "lb.example"));
    expect(found).to.deep.equal(["http://lb.example:8443", "https://lb.example:8443"]);
  });

  it("is none without a test listener", () => {
    expect(testListenerUrl(plain, "lb.example")).to.equal(undefined);
  });
});
