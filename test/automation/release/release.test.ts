import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import { release } from "../../../automation/release/release";
import { aPoint } from "../../_helpers/a-journal";
import { failure, outcomes } from "../../_helpers/a-left-release";
import { digest, liveImages, registry, webGroups, webRoute } from "../../_helpers/a-shop-release";
import { workingShop } from "../../_helpers/a-working-shop";

const workerV2 = { worker: `${registry}/worker@${digest("f")}` };
const changes = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /^(applyImages|commitReleases|setCount|setWeights|forceDeployment)/.test(line));

describe("release", () => {
  it("puts a rolling service's new image in place, and tells what came of it", async () => {
    const shop = workingShop();
    const { summary, data, exitCode } = await release(shop, { targets: ["worker=v2"], yes: true, reason: "because" });

    const [journal] = shop.journals.closed;
    expect(summary).to.equal("worker: v2 serves, v1 before (1 min). It runs arn:shop-worker:2.");
    expect([exitCode, data]).to.deep.equal([
      0,
      {
        outcome: "done",
        state: "UPDATE_COMPLETE",
        command: "release",
        services: [
          {
            service: "worker",
            outcome: "done",
            release: "19700101-000000-desk",
            journal: "19700101-000000-desk-worker",
            from: { version: "v1", slot: "blue", images: { worker: `${registry}/worker:v1` } },
            to: { version: "v2", slot: "blue", images: workerV2 },
            taskDefinition: "arn:shop-worker:2",
            durationMs: 60_000,
            causes: [],
          },
        ],
      },
    ]);
    expect(journal?.entries.map(({ kind }) => kind)).to.deep.equal([
      "started",
      "provisioning",
      "provisioned",
      "verified",
      "passed",
      "ready",
      "committing",
      "committed",
      "closed",
    ]);
    expect(journal?.request).to.deep.include({ reason: "because", services: ["worker"], order: "parallel" });
    expect(changes(shop.log)).to.deep.equal(["applyImages worker/blue"]);
    expect(shop.remembered()["worker"]?.slots.blue?.images).to.deep.equal(workerV2);
  });

  it("brings a service with two slots up in the idle one, shifts, commits and takes the old tasks down", async () => {
    const shop = workingShop();
    const { exitCode } = await release(shop, { targets: ["web=v2"], yes: true });
    expect([exitCode, changes(shop.log), shop.traffic.split.get(webRoute.arn)]).to.deep.equal([
      0,
      [
        "applyImages web/green",
        "setCount shop-web-green 3",
        "setWeights blue 90 green 10",
        "setWeights blue 0 green 100",
        "commitReleases web",
        "setCount shop-web 0",
      ],
      { blue: 0, green: 100 },
    ]);
    expect(shop.remembered()["web"]).to.deep.include({ live: "green", weights: { blue: 0, green: 100 } });
  });

  it("goes back, traffic first, when an alarm fires, and keeps no point of what did not work", async () => {
    const shop = workingShop();
    const set = shop.traffic.setWeights.bind(shop.traffic);
    shop.traffic.setWeights = async (routes, weights) => {
      await set(routes, weights);
      if (weights.green === 10) shop.metrics.states.set("shop-orders", { state: "ALARM", reason: "no orders" });
    };
    const { exitCode, summary, data } = await release(shop, { targets: ["web=v2"], yes: true });
    expect([exitCode, summary, data["outcome"]]).to.deep.equal([
      10,
      "web: went back, v1 serves (0 ms).\nshop-orders: no orders\n\nSee `slipway release history staging`.",
      "rolled-back",
    ]);
    expect(changes(shop.log).slice(2)).to.deep.equal([
      "setWeights blue 90 green 10",
      "setWeights blue 100 green 0",
      "setCount shop-web-green 0",
    ]);
    expect([...shop.points.points.keys()]).to.deep.equal(["19700101-000000-desk-before"]);
    expect(shop.traffic.members.get(webGroups.green)).to.deep.equal([]);
  });

  it("takes the first of all or none back when a later one fails that had not even begun", async () => {
    const shop = workingShop();
    const set = shop.traffic.setWeights.bind(shop.traffic);
    shop.traffic.setWeights = async (routes, weights) => {
      await set(routes, weights);
      if (weights.green === 10) shop.metrics.states.set("shop-orders", { state: "ALARM", reason: "" });
    };
    const { exitCode } = await release(shop, {
      targets: ["worker=v2", "web=v2"],
      order: "sequential",
      allOrNothing: true,
      yes: true,
    });
    expect([exitCode, outcomes(shop).sort()]).to.deep.equal([
      10,
      [
        ["web", "rolled-back"],
        ["worker", "rolled-back"],
      ],
    ]);
    expect(shop.remembered()["worker"]?.slots.blue?.version).to.equal("v1");
  });

  it("keeps what ran before the first release as a point, and then one for each release", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["worker=v2"], yes: true });
    const [after, before] = await shop.points
      .list()
      .then((points) => [...points].sort((a, b) => (a.id > b.id ? 1 : -1)));
    expect([before?.id, before?.release, before?.released, before?.services["worker"]]).to.deep.equal([
      "19700101-000000-desk-worker",
      "19700101-000000-desk",
      ["worker"],
      { version: "v2", images: workerV2, taskDefinition: "arn:shop-worker:2", desired: 3, slot: "blue" },
    ]);
    expect([after?.id, after?.release, after?.released]).to.deep.equal(["19700101-000000-desk-before", null, []]);
    expect(Object.entries(after?.services ?? {}).map(([name, { version }]) => [name, version])).to.deep.equal([
      ["web", "v1"],
      ["api", "v1"],
      ["worker", "v1"],
    ]);
  });

  it("keeps a point also before the first release of a service that is younger than the points", async () => {
    const shop = workingShop();
    await shop.points.add(aPoint("old"));
    await release(shop, { targets: ["worker=v2"], yes: true });
    expect([...shop.points.points.keys()]).to.deep.equal([
      "old",
      "19700101-000000-desk-before",
      "19700101-000000-desk-worker",
    ]);
  });

  it("keeps none before a release whose service has a point already", async () => {
    const shop = workingShop();
    const { web } = aPoint("old").services;
    if (web === undefined) throw new Error("no web");
    await shop.points.add(aPoint("old", { services: { worker: web } }));
    await release(shop, { targets: ["worker=v2"], yes: true });
    expect([...shop.points.points.keys()]).to.deep.equal(["old", "19700101-000000-desk-worker"]);
  });

  it("says what AWS did not answer when that point could not be made", async () => {
    const shop = workingShop();
    let looks = 0;
    shop.containers.acting.describe = () => {
      looks += 1;
      if (shop.output.said.length > 0) throw new CloudError("transient", "ecs:DescribeServices", "Throttling", "slow");
    };
    const error = await failure(release(shop, { targets: ["worker=v2"], yes: true }));
    expect([error.code, error.exitCode, shop.journals.running.size, looks > 1]).to.deep.equal(["aws", 1, 0, true]);
  });

  it("takes the documented words for a service and its version, beside the short ones", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["api=v2"], component: "worker", version: "v2", yes: true });
    expect(shop.journals.closed.map(({ plan }) => plan.service).sort()).to.deep.equal(["api", "worker"]);
  });

  for (const [words, message] of [
    [{ component: "worker" }, "--component without --version."],
    [{ version: "v2" }, "--version without --component."],
  ] as const)
    it(`takes ${Object.keys(words).join("")} not alone`, async () => {
      const error = await failure(release(workingShop(), { targets: [], ...words, yes: true }));
      expect([error.code, error.exitCode, error.message]).to.deep.equal(["usage", 2, message]);
    });

  it("knows that the idle slot's version is another one than the live slot's", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["web=v2"], yes: true });
    const web = shop.remembered()["web"];
    expect([web?.slots.blue?.images, web?.slots.green?.images["web"]]).to.deep.equal([
      liveImages,
      `${registry}/web@${digest("c")}`,
    ]);
  });
});
