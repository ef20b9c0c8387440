import { expect } from "chai";
import type { ServicePlan } from "../../../automation/model/release/plan";
import { makePlans, type PlanOptions } from "../../../automation/release/make-plan";
import {
  apiGroup,
  digest,
  liveImages,
  registry,
  shopConfig,
  shopContext,
  shopFacts,
  webGroups,
  webRoute,
} from "../../_helpers/a-shop-release";
import { plan, words } from "../../_helpers/one-plan";

const webV2: ServicePlan = {
  service: "web",
  cluster: "shop",
  strategy: "canary",
  controller: "slipway",
  mode: "slots",
  from: { slot: "blue", images: liveImages, version: "v1", taskDefinition: "arn:web:1" },
  to: {
    slot: "green",
    images: {
      web: `${registry}/web@${digest("c")}`,
      proxy: `${registry}/proxy@${digest("d")}`,
      logs: liveImages.logs,
    },
    version: "v2",
    pushedAt: "2026-11-21T09:00:00Z",
  },
  slots: {
    blue: { serviceName: "shop-web", targetGroups: [webGroups.blue] },
    green: { serviceName: "shop-web-green", targetGroups: [webGroups.green] },
  },
  routes: [webRoute],
  steps: [
    { percent: 10, bakeSeconds: 600 },
    { percent: 100, bakeSeconds: 300 },
  ],
  alarms: ["shop-web-errors", "shop-orders"],
  ignoredAlarms: [],
  idleChecks: [
    {
      name: "/health",
      url: "http://shop.elb.amazonaws.com:9000/health",
      headers: { "x-slipway-slot": "green" },
      status: 200,
      json: { status: "healthy", version: "v2" },
    },
  ],
  liveChecks: [
    {
      name: "/health",
      url: "http://shop.elb.amazonaws.com/health",
      headers: {},
      status: 200,
      json: { status: "healthy", version: "v2" },
    },
  ],
  compare: null,
  loadBalancer: "app/shop/50dc",
  rollback: "auto",
  count: 3,
  provisionSeconds: 630,
  warmSeconds: 300,
  watchHours: 0,
  restart: false,
};

describe("the plan of a release", () => {
  it("brings the new version up in the idle slot, with images that no tag moves", async () => {
    expect(await plan(words("web=v2"))).to.deep.equal(webV2);
  });

  it("goes the other way when green is live", async () => {
    const facts = shopFacts();
    const release = facts.releases["web"];
    if (release === undefined) throw new Error("no web");
    const turned = { ...facts, releases: { ...facts.releases, web: { ...release, live: "green" as const } } };
    const { from, to } = await plan(words("web=v2"), { facts: turned });
    expect([from.slot, from.version, from.taskDefinition, to.slot]).to.deep.equal(["green", "v0", "arn:web:1", "blue"]);
  });

  it("replaces the tasks of a service with one slot in place", async () => {
    expect(await plan(words("api=v2"))).to.deep.equal({
      ...webV2,
      service: "api",
      strategy: "rolling",
      mode: "rolling",
      from: { slot: "blue", images: { api: `${registry}/api:v1` }, version: "v1", taskDefinition: "arn:api:1" },
      to: {
        slot: "blue",
        images: { api: `${registry}/api@${digest("e")}` },
        version: "v2",
        pushedAt: "2026-11-20T09:00:00Z",
      },
      slots: { blue: { serviceName: "shop-api", targetGroups: [apiGroup] } },
      routes: [],
      steps: [{ percent: 100, bakeSeconds: 60 }],
      alarms: ["shop-api-errors"],
      idleChecks: [],
      liveChecks: [
        { name: "/api/health", url: "http://shop.elb.amazonaws.com/api/health", headers: {}, status: 200, json: {} },
      ],
      loadBalancer: null,
      provisionSeconds: 660,
      warmSeconds: 0,
      notes: ["Check /health is not made: the load balancer gives /health to another container or to none."],
    });
  });

  it("knows no traffic, no target and no check of a service without a load balancer", async () => {
    const { slots, routes, idleChecks, liveChecks, loadBalancer, notes } = await plan(words("worker=v2"));
    expect({ slots, routes, idleChecks, liveChecks, loadBalancer, notes }).to.deep.equal({
      slots: { blue: { serviceName: "shop-worker", targetGroups: [] } },
      routes: [],
      idleChecks: [],
      liveChecks: [],
      loadBalancer: null,
      notes: undefined,
    });
  });

  it("moves between the target groups of both slots where ECS itself shifts", async () => {
    const config = shopConfig({ release: { strategy: "blue-green", controller: "ecs" } });
    const facts = shopFacts({ serviceNames: { web: { blue: "shop-web" } } });
    const { mode, to, slots, routes, idleChecks, warmSeconds } = await plan(words("web=v2"), {
      context: shopContext(config),
      facts,
    });
    expect({ mode, slot: to.slot, slots, routes, idleChecks, warmSeconds }).to.deep.equal({
      mode: "ecs",
      slot: "blue",
      slots: { blue: { serviceName: "shop-web", targetGroups: [webGroups.blue, webGroups.green] } },
      routes: [],
      idleChecks: [],
      warmSeconds: 0,
    });
  });

  it("gives the new side as many tasks as run now, and one where none does", async () => {
    const context = shopContext();
    const live = context.containers.services.get("shop-web");
    if (live === undefined) throw new Error("no shop-web");
    const counts = [];
    for (const running of [7, 0]) {
      context.containers.services.set("shop-web", { ...live, running });
      counts.push((await plan(words("web=v2"), { context })).count);
    }
    expect(counts).to.deep.equal([7, 1]);
  });

  it("takes for one run what the command says instead of the configuration", async () => {
    const options: PlanOptions = { words: { canaryPercent: 5, bake: "1m" }, rollback: "never", warmSeconds: 0 };
    expect(await plan(words("web=v2"), options)).to.deep.equal({
      ...webV2,
      steps: [
        { percent: 5, bakeSeconds: 60 },
        { percent: 100, bakeSeconds: 60 },
      ],
      rollback: "never",
      warmSeconds: 0,
    });
  });

  it("does not judge an alarm that somebody takes out, and records why", async () => {
    const { alarms, ignoredAlarms } = await plan(words("web=v2"), { ignoreAlarms: ["shop-orders"], reason: "INC-204" });
    expect({ alarms, ignoredAlarms }).to.deep.equal({
      alarms: ["shop-web-errors"],
      ignoredAlarms: [{ name: "shop-orders", reason: "INC-204" }],
    });
  });

  it("has a plan for every service, in their order", async () => {
    const plans = await makePlans(shopContext(), shopFacts(), words("worker=v2", "web=v2"));
    expect(plans.map(({ service }) => service)).to.deep.equal(["worker", "web"]);
  });
});
