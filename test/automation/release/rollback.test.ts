import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import { release } from "../../../automation/release/release";
import { rollback, type RollbackOptions } from "../../../automation/release/rollback";
import { aPoint } from "../../_helpers/a-journal";
import { registry, shopConfig, webRoute } from "../../_helpers/a-shop-release";
import { failure } from "../../_helpers/a-left-release";
import { workingShop, type WorkingShop } from "../../_helpers/a-working-shop";

/** Each release is a minute after the one before, by both clocks. */
async function releasedTo(shop: WorkingShop, ...targets: readonly (readonly string[])[]): Promise<void> {
  for (const words of targets) {
    shop.machine.ms += 60_000;
    await release(shop, { targets: words, yes: true });
  }
  shop.machine.ms += 60_000;
}
const versions = (shop: WorkingShop) =>
  Object.fromEntries(
    Object.entries(shop.remembered()).map(([service, { live, slots }]) => [service, slots[live]?.version ?? "v1"]),
  );
const shopWith = (...pushed: readonly (readonly [name: string, tag: string, letter: string])[]): WorkingShop => {
  const shop = workingShop();
  for (const image of pushed) shop.push(...image);
  return shop;
};

describe("rollback", () => {
  it("takes both of two services back that were released together, when none is named", async () => {
    const shop = shopWith();
    await releasedTo(shop, ["worker=v2", "api=v2"]);
    expect(versions(shop)).to.deep.equal({ web: "v1", api: "v2", worker: "v2" });
    const { exitCode, data } = await rollback(shop, { yes: true });
    expect([exitCode, data["command"], versions(shop)]).to.deep.equal([
      0,
      "rollback",
      { web: "v1", api: "v1", worker: "v1" },
    ]);
    expect(shop.journals.closed.slice(-2).map(({ request }) => [request.command, request.services])).to.deep.equal([
      ["rollback", ["api", "worker"]],
      ["rollback", ["api", "worker"]],
    ]);
  });

  it("goes further back the second time, and never to what was left", async () => {
    const shop = shopWith(["worker", "v3", "7"]);
    await releasedTo(shop, ["worker=v2"], ["worker=v3"]);
    await rollback(shop, { service: "worker", yes: true });
    expect(versions(shop)["worker"]).to.equal("v2");
    shop.machine.ms += 60_000;
    await rollback(shop, { service: "worker", yes: true });
    expect(versions(shop)["worker"]).to.equal("v1");
    shop.machine.ms += 60_000;
    const error = await failure(rollback(shop, { service: "worker", yes: true }));
    expect([error.code, error.exitCode]).to.deep.equal(["no-rollback-point", 3]);
  });

  it("does not go to a version that an alarm took back before it was through", async () => {
    const shop = shopWith(["web", "v3", "7"], ["proxy", "v3", "8"]);
    await releasedTo(shop, ["web=v2"]);
    const set = shop.traffic.setWeights.bind(shop.traffic);
    shop.traffic.setWeights = async (routes, weights) => {
      await set(routes, weights);
      if (weights.blue === 10) shop.metrics.states.set("shop-orders", { state: "ALARM", reason: "" });
    };
    await releasedTo(shop, ["web=v3"]);
    shop.metrics.states.clear();
    expect(versions(shop)["web"]).to.equal("v2");
    await rollback(shop, { service: "web", yes: true });
    expect(versions(shop)["web"]).to.equal("v1");
  });

  it("gives all traffic at once and watches for a minute, where nobody says otherwise", async () => {
    const shop = shopWith();
    await releasedTo(shop, ["web=v2"]);
    await rollback(shop, { service: "web", yes: true });
    expect(shop.journals.closed.at(-1)?.plan.steps).to.deep.equal([{ percent: 100, bakeSeconds: 60 }]);
    expect(shop.traffic.split.get(webRoute.arn)).to.deep.equal({ blue: 100, green: 0 });
  });

  it("takes the steps that somebody wants", async () => {
    const shop = shopWith();
    await releasedTo(shop, ["web=v2"]);
    await rollback(shop, { service: "web", steps: "50:10s,100:10s", yes: true });
    expect(shop.journals.closed.at(-1)?.plan.steps).to.deep.equal([
      { percent: 50, bakeSeconds: 10 },
      { percent: 100, bakeSeconds: 10 },
    ]);
  });

  it("leaves the steps of a service that ECS shifts as they are configured", async () => {
    const native = { checks: [], release: { strategy: "canary", controller: "ecs" } };
    const shop = workingShop({ config: shopConfig(native) });
    await shop.points.add(aPoint("p1"));
    const { data } = await rollback(shop, { service: "web", to: "p1", dryRun: true });
    expect((data["plans"] as readonly { steps: unknown }[])[0]?.steps).to.deep.equal([
      { percent: 10, bakeSeconds: 600 },
      { percent: 100, bakeSeconds: 300 },
    ]);
  });

  it("goes back though an alarm fires, because that is often the reason", async () => {
    const shop = shopWith();
    await releasedTo(shop, ["web=v2"]);
    shop.metrics.states.set("shop-orders", { state: "ALARM", reason: "no orders" });
    const { exitCode } = await rollback(shop, { service: "web", yes: true });
    expect([exitCode, versions(shop)["web"]]).to.deep.equal([0, "v1"]);
  });

  it("goes to a named point, and has nothing to do when that is what runs", async () => {
    const shop = shopWith(["worker", "v3", "7"]);
    await releasedTo(shop, ["worker=v2"], ["worker=v3"]);
    const [newest, , before] = await shop.points.list();
    const same = await rollback(shop, { service: "worker", to: newest?.id, yes: true });
    expect([same.summary, same.exitCode]).to.deep.equal(["worker runs v3 already: nothing to do.", undefined]);
    await rollback(shop, { service: "worker", to: before?.id, yes: true });
    expect(versions(shop)["worker"]).to.equal("v1");
  });

  it("goes to a tag, and to the images of a task definition", async () => {
    const shop = shopWith(["worker", "v3", "7"]);
    await releasedTo(shop, ["worker=v2"]);
    await rollback(shop, { service: "worker", version: "v3", yes: true });
    expect(versions(shop)["worker"]).to.equal("v3");
    await rollback(shop, { service: "worker", taskDefinition: "arn:worker:1", yes: true });
    expect([versions(shop)["worker"], shop.remembered()["worker"]?.slots.blue?.images]).to.deep.equal([
      "v1",
      { worker: `${registry}/worker:v1` },
    ]);
  });

  it("writes down why and with whose approval", async () => {
    const shop = shopWith();
    await releasedTo(shop, ["worker=v2"]);
    await rollback(shop, { service: "worker", reason: "slow", approvedBy: "ann", yes: true });
    const [entry] = await shop.history.latest(1);
    expect(entry).to.deep.include({
      command: "rollback",
      options: { service: "worker", reason: "slow", approvedBy: "ann" },
    });
  });

  for (const [what, options, code, message] of [
    [
      "two destinations",
      { service: "web", to: "p", version: "v1" },
      "usage",
      "--to, --version and --task-definition exclude each other.",
    ],
    [
      "a tag without its service",
      { version: "v1" },
      "usage",
      "--version and --task-definition are those of one service.",
    ],
    [
      "a service that there is not",
      { service: "wbe" },
      "usage",
      'There is no service "wbe": there is web, api, worker. Nothing was changed.',
    ],
    [
      "no service where nothing was released",
      {},
      "nothing-to-roll-back",
      "No release of staging is on record, so there is nothing to go back from. Nothing was changed.",
    ],
    [
      "a service that has no point",
      { service: "web" },
      "no-rollback-point",
      "There is no state of web to go back to. No point is kept yet. Nothing was changed.",
    ],
    [
      "a task definition that there is not",
      { service: "web", taskDefinition: "web:9" },
      "task-definition-unknown",
      "There is no task definition web:9. Nothing was changed.",
    ],
    [
      "the task definition of another service",
      { service: "web", taskDefinition: "arn:worker:1" },
      "task-definition-unknown",
      "arn:worker:1 has none of the containers of web (web, proxy, logs). Nothing was changed.",
    ],
  ] as const satisfies readonly (readonly [string, RollbackOptions, string, string])[])
    it(`refuses ${what}`, async () => {
      const shop = workingShop();
      const error = await failure(rollback(shop, { ...options, yes: true }));
      expect([error.code, error.message, shop.journals.running.size, shop.points.points.size]).to.deep.equal([
        code,
        message,
        0,
        0,
      ]);
    });

  it("refuses a point that is older than the service, and one that there is not, with those that there are", async () => {
    const shop = workingShop();
    await shop.points.add(aPoint("p1"));
    const [older, none] = [
      await failure(rollback(shop, { service: "worker", to: "p1", yes: true })),
      await failure(rollback(shop, { service: "worker", to: "p2", yes: true })),
    ];
    expect([older.code, older.message, none.code, none.message]).to.deep.equal([
      "point-without-service",
      "p1 does not know worker: it is older than the service. Nothing was changed.",
      "no-rollback-point",
      "No rollback point, or more than one, is called p2. Known points: p1. Nothing was changed.",
    ]);
  });

  it("says what AWS did not answer about a task definition", async () => {
    const shop = workingShop();
    shop.containers.taskDefinition = async () =>
      Promise.reject(new CloudError("denied", "ecs:DescribeTaskDefinition", "AccessDenied", "no"));
    const error = await failure(rollback(shop, { service: "worker", taskDefinition: "x:1", yes: true }));
    expect([error.code, error.exitCode]).to.deep.equal(["aws", 1]);
  });

  it("goes back only from the release that is meant, where one is", async () => {
    const shop = shopWith(["worker", "v3", "7"]);
    await releasedTo(shop, ["worker=v2"]);
    const first = shop.journals.closed.at(-1)?.release;
    shop.machine.ms += 86_400_000;
    await releasedTo(shop, ["worker=v3"]);
    const error = await failure(rollback(shop, { service: "worker", onlyFrom: first, yes: true }));
    const live = shop.journals.closed.at(-1)?.release;
    expect([error.code, error.exitCode, error.message, versions(shop)["worker"]]).to.deep.equal([
      "superseded",
      3,
      `worker runs what ${live} released by now, and not ${first}. Nothing was changed.`,
      "v3",
    ]);
    await rollback(shop, { service: "worker", onlyFrom: live, yes: true });
    expect(versions(shop)["worker"]).to.equal("v2");
  });
});
