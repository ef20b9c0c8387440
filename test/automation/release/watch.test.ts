import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import { release } from "../../../automation/release/release";
import { restart } from "../../../automation/release/restart";
import { rollback } from "../../../automation/release/rollback";
import { watch } from "../../../automation/release/watch";
import { shopConfig } from "../../_helpers/a-shop-release";
import { failure } from "../../_helpers/a-left-release";
import { workingShop, type WorkingShop } from "../../_helpers/a-working-shop";

const firing = { state: "ALARM", reason: "no orders" } as const;
const config = shopConfig({
  checks: [],
  release: { strategy: "blue-green", alarms: ["shop-orders"], watchHours: 1, warmSeconds: 0 },
});

/** `web` runs v2 since a moment, and is watched for an hour from second 300 on. */
async function watched(): Promise<WorkingShop> {
  const shop = workingShop({ config });
  shop.push("web", "v3", "7");
  shop.push("proxy", "v3", "8");
  await release(shop, { targets: ["web=v2"], yes: true });
  shop.machine.ms += 60_000;
  return shop;
}
const live = (shop: WorkingShop): unknown => {
  const web = shop.remembered()["web"];
  return web?.slots[web.live]?.version;
};
const state = (shop: WorkingShop): unknown => shop.watches.records.get("web")?.state;

describe("release watch", () => {
  it("has a record of what was released, with its alarms and the state to go back to", async () => {
    const shop = await watched();
    expect([...shop.watches.records.values()]).to.deep.equal([
      {
        schema: 1,
        service: "web",
        release: "19700101-000000-desk",
        start: "1970-01-01T00:05:00.000Z",
        end: "1970-01-01T01:05:00.000Z",
        alarms: ["shop-web-errors", "shop-orders"],
        point: "19700101-000000-desk-before",
        state: "open",
      },
    ]);
  });

  it("looks twice a minute until the time is over, and then has nothing more to do", async () => {
    const shop = await watched();
    shop.log.length = 0;
    const { summary, exitCode, data } = await watch(shop, { yes: true });
    expect([summary, exitCode, data["outcome"], state(shop)]).to.deep.equal([
      "web: watched to the end, nothing fired",
      0,
      "ended",
      "ended",
    ]);
    expect([shop.log.filter((line) => line === "alarms").length, shop.clock.now()]).to.deep.equal([
      121,
      new Date("1970-01-01T01:05:00.000Z"),
    ]);
    expect(await watch(shop, { yes: true })).to.deep.equal({
      summary: "Nothing is watched in staging.",
      data: { outcome: "ended", watches: [] },
      exitCode: 0,
    });
  });

  it("looks once for a timer that comes again", async () => {
    const shop = await watched();
    const { summary, exitCode, data } = await watch(shop, { yes: true, once: true });
    expect([summary, exitCode, data["outcome"], state(shop)]).to.deep.equal([
      "web: watched until 1970-01-01T01:05:00.000Z; `slipway release watch staging` goes on.",
      0,
      "open",
      "open",
    ]);
  });

  it("takes back what was released when an alarm fires, and is not followed by another watch", async () => {
    const shop = await watched();
    shop.metrics.states.set("shop-orders", firing);
    const { exitCode, data } = await watch(shop, { yes: true });
    expect([exitCode, data["outcome"], live(shop), state(shop)]).to.deep.equal([10, "rolled-back", "v1", "breached"]);
    expect(shop.watches.records.get("web")?.breach).to.equal("shop-orders: no orders");
    expect(shop.journals.closed.at(-1)?.request).to.deep.include({
      command: "rollback",
      reason: "Watch of 19700101-000000-desk: shop-orders: no orders",
    });
  });

  it("says only what it would do in a dry run", async () => {
    const shop = await watched();
    shop.metrics.states.set("shop-orders", firing);
    await watch(shop, { dryRun: true });
    expect([live(shop), state(shop), shop.output.said.at(-1)]).to.deep.equal([
      "v2",
      "open",
      "web: an alarm fires, so it goes back to 19700101-000000-desk-before.\nshop-orders: no orders",
    ]);
  });

  it("outlives a restart, and a release that went back", async () => {
    const shop = await watched();
    shop.machine.ms += 60_000;
    await restart(shop, { services: ["web"], yes: true });
    const set = shop.traffic.setWeights.bind(shop.traffic);
    shop.traffic.setWeights = async (routes, weights) => {
      shop.metrics.states.set("shop-orders", firing);
      await set(routes, weights);
    };
    shop.machine.ms += 60_000;
    await release(shop, { targets: ["web=v3"], yes: true });
    shop.metrics.states.clear();
    expect([live(shop), shop.watches.records.get("web")?.release]).to.deep.equal(["v2", "19700101-000000-desk"]);
    const { data } = await watch(shop, { yes: true, once: true });
    expect(data["outcome"]).to.equal("open");
  });

  it("is over when somebody has gone back by hand, and what was gone back to is not watched", async () => {
    const shop = await watched();
    shop.machine.ms += 86_400_000;
    await rollback(shop, { service: "web", yes: true });
    const record = shop.watches.records.get("web");
    expect([record?.state, record?.release]).to.deep.equal(["open", "19700101-000000-desk"]);
    shop.metrics.states.set("shop-orders", firing);
    const { summary, exitCode } = await watch(shop, { yes: true });
    expect([summary, exitCode, live(shop), state(shop)]).to.deep.equal([
      "web: something else is live by now; no longer watched",
      0,
      "v1",
      "superseded",
    ]);
  });

  it("leaves a newer version alone that was released while it waited for the lock", async () => {
    const shop = await watched();
    shop.metrics.states.set("shop-orders", firing);
    const lock = shop.serviceLock("web");
    lock.onAcquire = () => {
      lock.onAcquire = () => undefined;
      const [last] = shop.journals.closed;
      if (last === undefined) throw new Error("nothing was released");
      const later = { ...last, release: "r9", id: "r9-web", startedAt: "1970-01-02T00:00:00.000Z" };
      shop.journals.closed.push(later);
    };
    const { exitCode } = await watch(shop, { yes: true });
    expect([exitCode, live(shop), state(shop)]).to.deep.equal([0, "v2", "superseded"]);
  });

  it("lets a release that is under way judge what fires", async () => {
    const shop = await watched();
    shop.metrics.states.set("shop-orders", firing);
    const owner = { id: "x", user: "ann", host: "far", machine: "m", pid: 7, command: "release" };
    const at = "1970-01-01T00:00:00.000Z";
    shop.serviceLock("web").views = [{ owner, since: at, renewedAt: at, standing: "held" }];
    const { exitCode } = await watch(shop, { yes: true, once: true });
    expect([exitCode, live(shop), state(shop), shop.output.said.at(-1)]).to.deep.equal([
      0,
      "v2",
      "open",
      "web: an alarm fires while it is being released, which judges it.",
    ]);
  });

  it("asks again when AWS does not answer, but not for a timer, and not when it may not ask", async () => {
    const slow = new CloudError("transient", "cloudwatch:DescribeAlarms", "Throttling", "slow down");
    const denied = new CloudError("denied", "cloudwatch:DescribeAlarms", "AccessDenied", "no");
    const shop = await watched();
    shop.metrics.failures.push(slow, slow);
    expect((await watch(shop, { yes: true })).exitCode).to.equal(0);
    expect(shop.output.said).to.include("web: AWS does not answer: slow down");

    const other = await watched();
    other.metrics.failures.push(slow);
    const errors = [await failure(watch(other, { yes: true, once: true }))];
    other.metrics.failures.push(denied);
    errors.push(await failure(watch(other, { yes: true })));
    expect(errors.map(({ code, exitCode }) => [code, exitCode])).to.deep.equal([
      ["aws", 1],
      ["aws", 1],
    ]);
    expect(state(other)).to.equal("open");
  });

  it("keeps the watch open when the way back could not be begun, so that the next one tries again", async () => {
    const shop = await watched();
    shop.metrics.states.set("shop-orders", firing);
    shop.points.points.clear();
    const error = await failure(watch(shop, { yes: true }));
    expect([error.code, state(shop)]).to.deep.equal(["no-rollback-point", "open"]);
  });

  it("refuses a service that there is not, and to begin where nobody can be asked", async () => {
    const shop = await watched();
    const errors = [await failure(watch(shop, { service: "wbe", yes: true })), await failure(watch(shop, {}))];
    expect(errors.map(({ exitCode, message }) => [exitCode, message])).to.deep.equal([
      [2, 'There is no service "wbe": there is web, api, worker. Nothing was changed.'],
      [2, "There is no terminal to ask on, so nothing was done."],
    ]);
  });
});
