import { DescribeServicesCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { underLoad } from "./load";
import { openShop, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "rolling";

describe("a rolling update of three tasks in the sandbox", function () {
  this.timeout(180_000);
  let cloud: LiveCloud;
  let shop: Shop;
  /** Of the sandbox's clock, which others use as well. */
  let speed: unknown;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000010");
    shop = await openShop(cloud, name, ["v1", "v2", "v3-fault.crash-at-start"]);
    await shop.serve(await shop.define("v1"));
    await until("three healthy tasks of v1", (state) => state.healthy("v1") === 3 && state.isSteady);
    // States are told twice a second: at this speed none of the update's is skipped.
    speed = (await cloud.control("GET", "clock"))["speed"];
    await cloud.control("POST", "clock", { speed: 10 });
  });

  after(async () => {
    if (speed !== undefined) await cloud.control("POST", "clock", { speed });
  });

  it("goes from 3 to 6 to 3 tasks, is never below 3 healthy ones, and fails none of 20 000 requests", async () => {
    const most = { up: 0 };
    const least = { healthy: Number.POSITIVE_INFINITY };
    const watching = await cloud.watch((snapshot) => {
      const state = shopState(snapshot, name);
      most.up = Math.max(most.up, state.up);
      least.healthy = Math.min(least.healthy, state.healthy());
    });

    let isDone = false;
    const report = await underLoad({ origin: await shop.address(), rps: 700, requests: 20_000 }, async () => {
      await update(await shop.define("v2"));
      await until("only v2, steady", (state) => state.versions.join() === "v2" && state.isSteady);
      isDone = true;
    });
    watching.stop();

    expect({ isDone, most, least, sent: report.sent, failures: report.failures }).to.deep.equal({
      isDone: true,
      most: { up: 6 },
      least: { healthy: 3 },
      sent: 20_000,
      failures: {},
    });
    expect(Object.keys(report.byVersion).sort()).to.deep.equal(["v1", "v2"]);
  });

  it("trips the breaker at the third failure of a broken image and rolls back, while the old tasks go on answering", async () => {
    const broken = await shop.define("v3-fault.crash-at-start");

    const report = await underLoad({ origin: await shop.address(), rps: 100, requests: 1_000 }, async () => {
      await update(broken);
      await until("a rollback", (state) => state.has("rolling back to deployment"));
      await until("v2 again, steady", (state) => state.healthy("v2") === 3 && state.isSteady);
    });

    const { services } = await cloud.ecs.send(new DescribeServicesCommand({ cluster: name, services: [name] }));
    const messages = (services?.[0]?.events ?? []).map(({ message }) => message ?? "");
    const failures = messages.filter((message) => message.endsWith("deployment failed: tasks failed to start."));
    expect({
      failures: failures.length,
      last: messages[0],
      deployments: services?.[0]?.deployments?.map(({ status, rolloutState }) => [status, rolloutState]),
      failedRequests: report.failures,
    }).to.deep.equal({
      failures: 1,
      last: `(service ${name}) has reached a steady state.`,
      deployments: [["PRIMARY", "COMPLETED"]],
      failedRequests: {},
    });
  });

  const update = async (taskDefinition: string): Promise<unknown> =>
    cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: name, taskDefinition }));

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<unknown> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
});
