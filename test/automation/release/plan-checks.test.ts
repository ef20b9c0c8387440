import { expect } from "chai";
import { findEntrances, type Entrances } from "../../../automation/release/entrances";
import { planChecks, type PlannedChecks } from "../../../automation/release/plan-checks";
import { FakeHttp, answered } from "../../_fakes/fake-http";
import { stackConfig } from "../../_helpers/stack-config";

const open: Entrances = {
  live: { url: "https://shop.elb.amazonaws.com", reachable: true },
  idle: { url: "https://shop.elb.amazonaws.com:9000", reachable: true },
};

function checksOf(
  attachment: Readonly<Record<string, unknown>>,
  checks: readonly object[],
  { entrances = open, version = "v2" }: { readonly entrances?: Entrances; readonly version?: string } = {},
): PlannedChecks {
  const image = { repository: "shop/web" };
  const healthCheck = { path: "/health" };
  const { services } = stackConfig({
    loadBalancer: { scheme: "internal", http: "forward" },
    services: {
      web: { checks, containers: { web: { image, port: 1, loadBalancer: { ...attachment, healthCheck } } } },
      api: { containers: { api: { image, port: 2, loadBalancer: { paths: ["/api/*"], healthCheck } } } },
    },
  });
  return planChecks({ service: "web", services, entrances, idleSlot: "green", version });
}

describe("the checks of a plan", () => {
  it("ask the load balancer's own name, whose certificate cannot be its own", () => {
    expect(
      checksOf({}, [
        { name: "up", path: "/health?full=1", status: 204, json: { "build.tag": "{version}-ok", up: true } },
      ]),
    ).to.deep.equal({
      idle: [
        {
          name: "up",
          url: "https://shop.elb.amazonaws.com:9000/health?full=1",
          headers: { "x-slipway-slot": "green" },
          status: 204,
          json: { "build.tag": "v2-ok", up: true },
          verifyCertificate: false,
        },
      ],
      live: [
        {
          name: "up",
          url: "https://shop.elb.amazonaws.com/health?full=1",
          headers: {},
          status: 204,
          json: { "build.tag": "v2-ok", up: true },
          verifyCertificate: false,
        },
      ],
      notes: [],
    });
  });

  it("name the host of the container's rule, and check the certificate against it", () => {
    expect(checksOf({ hosts: ["*.shop.example"] }, [{ path: "/health" }]).live).to.deep.equal([
      {
        name: "/health",
        url: "https://shop.elb.amazonaws.com/health",
        headers: { host: "check.shop.example" },
        status: 200,
        json: {},
        serverName: "check.shop.example",
      },
    ]);
  });

  it("leave out a path that the load balancer gives to another container, and say so", () => {
    const { idle, live, notes } = checksOf({}, [{ path: "/api/health" }, { path: "/apis" }]);
    expect([idle.map(({ name }) => name), live.map(({ name }) => name), notes]).to.deep.equal([
      ["/apis"],
      ["/apis"],
      ["Check /api/health is not made: the load balancer gives /api/health to another container or to none."],
    ]);
  });

  it("tell containers of one name in two services apart", () => {
    const container = { image: { repository: "shop/app" }, port: 1 };
    const at = (paths: readonly string[]): object => ({
      app: { ...container, loadBalancer: { paths, healthCheck: { path: "/" } } },
    });
    const { services } = stackConfig({
      services: { web: { checks: [{ path: "/api/up" }], containers: at(["/*"]) }, api: { containers: at(["/api/*"]) } },
    });
    const { live } = planChecks({ service: "web", services, entrances: open, idleSlot: "green", version: "v2" });
    expect(live).to.deep.equal([]);
  });

  it("compare no version with a digest", () => {
    const { live, notes } = checksOf({}, [{ path: "/health", json: { ok: "yes", version: "{version}" } }], {
      version: "sha256:cccccccccccc",
    });
    expect([live[0]?.json, notes]).to.deep.equal([
      { ok: "yes" },
      ["Check /health does not compare the version: a digest is released, and a program knows its tag only."],
    ]);
  });

  it("leave it to the targets' health where no listener answers this machine, and say so", () => {
    const closed: Entrances = {
      live: { url: "http://shop", reachable: false },
      idle: { url: "http://shop:9000", reachable: false },
    };
    expect([
      checksOf({}, [{ path: "/health" }], { entrances: closed }),
      checksOf({}, [{ path: "/health" }], { entrances: { ...closed, idle: null } }).notes[0],
      checksOf({}, [], { entrances: closed }),
    ]).to.deep.equal([
      {
        idle: [],
        live: [],
        notes: [
          "The test listener http://shop:9000 does not answer this machine: no check is made before the shift, and the health of the targets decides.",
          "The load balancer http://shop does not answer this machine: no check is made after the shift, and the health of the targets decides.",
        ],
      },
      "The stack has no test listener (`slipway:loadBalancer.test`): no check is made before the shift, and the health of the targets decides.",
      { idle: [], live: [], notes: [] },
    ]);
  });
});

describe("the ways into a stack", () => {
  const facts = { loadBalancerDns: "shop", testListenerUrl: "https://shop:9000" };
  const config = { loadBalancer: { https: { certificateArn: "arn", sslPolicy: "p" } } } as Parameters<
    typeof findEntrances
  >[0]["config"];

  it("are open when anything answers there, be it an error", async () => {
    const http = new FakeHttp();
    http.answers.set("https://shop/", answered(503));
    expect(await findEntrances({ http, config }, facts, "blue")).to.deep.equal({
      live: { url: "https://shop", reachable: true },
      idle: { url: "https://shop:9000", reachable: false },
    });
    expect(http.requests).to.deep.equal([
      { url: "https://shop/", headers: {}, timeoutMs: 2_000, verifyCertificate: false },
      { url: "https://shop:9000/", headers: { "x-slipway-slot": "blue" }, timeoutMs: 2_000, verifyCertificate: false },
    ]);
  });

  it("are none without a load balancer", async () => {
    const none = { loadBalancerDns: null, testListenerUrl: null };
    expect(await findEntrances({ http: new FakeHttp(), config }, none, "blue")).to.deep.equal({
      live: null,
      idle: null,
    });
  });
});
