import { expect } from "chai";
import { release } from "../../../automation/release/release";
import { aJournal, aPlan } from "../../_helpers/a-journal";
import { failure } from "../../_helpers/a-left-release";
import { digest, registry } from "../../_helpers/a-shop-release";
import { workingShop } from "../../_helpers/a-working-shop";

const changes = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /^(applyImages|commitReleases|setCount|setWeights|forceDeployment)/.test(line));

describe("what goes before a release", () => {
  it("changes nothing, takes no lock and leaves no record in a dry run, but makes the very plan", async () => {
    const shop = workingShop();
    const { summary, data, exitCode } = await release(shop, { targets: ["web=v2"], dryRun: true });
    expect([summary, data["outcome"], exitCode]).to.deep.equal([
      "A dry run: nothing was changed.",
      "dry-run",
      undefined,
    ]);
    expect(
      shop.log.filter((line) =>
        /^(.*: )?(lock|release|record|journal .*|point .*|ask|set.*|apply.*|commit.*)$/.test(line),
      ),
    ).to.deep.equal([]);
    expect([shop.journals.running.size, shop.points.points.size, shop.history.entries]).to.deep.equal([0, 0, []]);
    expect(shop.output.said.join("\n")).to.contain("v2");
  });

  it("leaves neither journal nor point when the operator does not say yes", async () => {
    const shop = workingShop({ answers: ["y"] });
    const { summary, exitCode, data } = await release(shop, { targets: ["web=v2"] });
    expect([summary, exitCode, data["outcome"], shop.output.asked]).to.deep.equal([
      "Not confirmed: nothing was changed.",
      1,
      "declined",
      ["Release this? (yes/no):"],
    ]);
    expect([shop.journals.running.size, shop.journals.closed, shop.points.points.size]).to.deep.equal([0, [], 0]);
    expect([changes(shop.log), shop.log.at(-1)]).to.deep.equal([[], "web: release"]);
  });

  it("has nothing to do where everything runs already, and asks nobody", async () => {
    const shop = workingShop({ answers: [] });
    shop.push("worker", "v1", "1");
    const images = { worker: `${registry}/worker@${digest("1")}` };
    await release(shop, { targets: ["worker=v1"], yes: true });
    expect(shop.remembered()["worker"]?.slots.blue?.images).to.deep.equal(images);
    const closed = shop.journals.closed.length;
    const { summary, data, exitCode } = await release(shop, { targets: ["worker=v1"] });
    expect([summary, data, exitCode, shop.output.asked]).to.deep.equal([
      "worker runs v1 already: nothing to do.",
      { outcome: "unchanged", services: [{ service: "worker", version: "v1" }] },
      undefined,
      [],
    ]);
    expect(shop.journals.closed.length).to.equal(closed);
  });

  it("releases what is new of several, and leaves alone what runs already", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["worker=v2"], yes: true });
    const { exitCode } = await release(shop, { targets: ["worker=v2", "api=v2"], yes: true });
    expect([exitCode, shop.journals.closed.map(({ plan, request }) => [plan.service, request.services])]).to.deep.equal(
      [
        0,
        [
          ["worker", ["worker"]],
          ["api", ["api"]],
        ],
      ],
    );
  });

  it("is refused while an earlier release of the service is open, and says how to end that", async () => {
    const shop = workingShop();
    await shop.journals.create(aJournal({ plan: aPlan({ service: "worker" }), release: "r1" }));
    const error = await failure(release(shop, { targets: ["worker=v2", "api=v2"], yes: true }));
    expect([error.code, error.exitCode, error.message, error.remedy, error.data]).to.deep.equal([
      "release-open",
      3,
      "The release r1-worker of worker in staging (v1 -> v2), begun at 2026-01-01T00:00:00.000Z by kim@desk, is not over.",
      "Nothing was changed. Finish it first: `slipway release resume staging worker` goes on, `slipway release abort staging worker` goes back.",
      { service: "worker", release: "r1-worker" },
    ]);
    expect(changes(shop.log)).to.deep.equal([]);
  });

  it("is refused by the preflight before anybody is asked", async () => {
    const shop = workingShop({ answers: ["yes"] });
    shop.registry.images.set(`${registry}/worker:v9`, {
      kind: "no-tag",
      repository: `${registry}/worker`,
      newest: ["v2"],
    });
    const error = await failure(release(shop, { targets: ["worker=v9"] }));
    expect([error.code, error.exitCode, shop.output.asked, shop.journals.running.size]).to.deep.equal([
      "preflight",
      3,
      [],
      0,
    ]);
  });

  it("holds the lock of each service to the end, and the stack's while the engine runs", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["worker=v2"], yes: true });
    expect(shop.log.filter((line) => /^(worker: )?(lock|release|applyImages.*)$/.test(line))).to.deep.equal([
      "worker: lock",
      "lock",
      "release",
      "lock",
      "applyImages worker/blue",
      "release",
      "worker: release",
    ]);
    expect(shop.log.filter((line) => line.startsWith("record"))).to.deep.equal(["record"]);
  });
});
