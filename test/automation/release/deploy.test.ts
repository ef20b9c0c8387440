import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { deploy, type DeployOptions } from "../../../automation/release/deploy";
import { aChange } from "../../_helpers/a-change";
import { failure } from "../../_helpers/a-left-release";
import { digest, registry, shopConfig } from "../../_helpers/a-shop-release";
import { workingShop, type WorkingShop } from "../../_helpers/a-working-shop";

const added = aChange({ type: "aws:ecs/cluster:Cluster", op: "create", name: "cluster" });
const replaced = aChange({ type: "aws:rds/instance:Instance", op: "replace", name: "db" });
const workerV2 = { worker: `${registry}/worker@${digest("f")}` };

/** What was done, in order. */
const deeds = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /^(preview|up|applyImages|commitReleases)/.test(line));

/** A second environment of the same project; its deeds go into a log of its own. */
function withPeers(shop: WorkingShop, peers: Readonly<Record<string, WorkingShop>>): WorkingShop {
  return {
    ...shop,
    openPeer: async (stack) => {
      const peer = peers[stack];
      if (peer !== undefined) return { ...peer, stack };
      throw new SlipwayError({ code: "stack-unknown", exitCode: 2, message: `no ${stack}`, remedy: "Name another." });
    },
  };
}

const quick = (targets: readonly string[], more: Partial<DeployOptions> = {}): DeployOptions => ({
  targets,
  yes: true,
  bake: "0s",
  ...more,
});

describe("deploy", () => {
  it("changes the infrastructure first and then the images, and tells what came of each", async () => {
    const shop = workingShop({ changes: [added] });
    const { summary, data, exitCode } = await deploy(shop, quick(["worker=v2"]));

    expect(deeds(shop.log)).to.deep.equal(["preview", "up", "applyImages worker/blue"]);
    expect([summary, exitCode]).to.deep.equal(["staging, infrastructure: deployed\nstaging, images: done", undefined]);
    expect((data["parts"] as readonly { readonly kind: string }[]).map(({ kind }) => kind)).to.deep.equal([
      "infrastructure",
      "images",
    ]);
    expect(shop.output.said.join("\n")).to.contain("worker: v2 serves, v1 before");
  });

  it("takes a version alone for all services, and bumps those whose image it changes", async () => {
    const shop = workingShop();
    shop.push("api", "v2", "1");
    shop.push("worker", "v2", "f");
    await deploy(shop, quick(["api=v2", "worker=v2"]));
    shop.log.length = 0;
    shop.push("api", "v3", "1");
    shop.push("web", "v3", "a");
    shop.push("proxy", "v3", "b");
    shop.push("worker", "v3", "e");

    await deploy(shop, quick(["v3"]));

    expect(deeds(shop.log)).to.deep.equal(["preview", "applyImages worker/blue"]);
  });

  it("only changes the infrastructure without a version, and only the images with appOnly", async () => {
    const [one, other] = [workingShop({ changes: [added] }), workingShop({ changes: [added] })];
    await deploy(one, quick([]));
    await deploy(other, quick(["worker=v2"], { appOnly: true }));

    expect([deeds(one.log), deeds(other.log)]).to.deep.equal([["preview", "up"], ["applyImages worker/blue"]]);
  });

  it("lets a service that was never deployed begin with the wanted version, pinned", async () => {
    const shop = workingShop({ changes: [added], without: ["worker"] });
    const report = await deploy(shop, quick(["worker=v2", "api=v2"]));

    const firstReleases = {
      worker: {
        live: "blue",
        slots: { blue: { images: workerV2, version: "v2" } },
        weights: { blue: 100, green: 0 },
      },
    };
    expect(shop.engine.options).to.deep.equal([
      { refresh: false, firstReleases },
      { refresh: false, firstReleases, planFile: "plan-1" },
    ]);
    expect(deeds(shop.log)).to.deep.equal(["preview", "up", "applyImages api/blue"]);
    expect(report.summary).to.equal("staging, infrastructure: deployed\nstaging, images: done");
  });

  it("refuses a first version that is not in its registry before anything is changed", async () => {
    const shop = workingShop({ changes: [added], without: ["worker"] });
    shop.registry.images.set(`${registry}/worker:v9`, { kind: "no-tag", repository: "worker", newest: ["v2", "v1"] });

    const { code, exitCode, message, remedy } = await failure(deploy(shop, quick(["worker=v9"])));

    expect([code, exitCode, message, remedy, deeds(shop.log)]).to.deep.equal([
      "image-missing",
      3,
      `worker: Container worker: ${registry}/worker:v9 is not in its registry.`,
      "Nothing was changed. Push it first, or release one that is there; the newest: v2, v1.",
      [],
    ]);
  });

  it("goes through stacks in their order", async () => {
    const peers = { qa: workingShop({ changes: [added] }), production: workingShop() };
    const shop = withPeers(workingShop({ changes: [added] }), peers);
    const { summary } = await deploy(shop, quick(["worker=v2"], { then: ["qa", "production"] }));

    expect(summary.split("\n")).to.deep.equal([
      "staging, infrastructure: deployed",
      "staging, images: done",
      "qa, infrastructure: deployed",
      "qa, images: done",
      "production, infrastructure: unchanged",
      "production, images: done",
    ]);
  });

  it("ends with the first part that is not confirmed, and touches nothing behind it", async () => {
    const peers = { production: workingShop({ changes: [added] }) };
    const shop = withPeers(workingShop({ changes: [added], answers: ["no"] }), peers);
    const report = await deploy(shop, { targets: ["worker=v2"], then: ["production"] });

    expect([report.summary, report.exitCode, report.data["untouched"]]).to.deep.equal([
      "staging, infrastructure: declined\nproduction: not begun",
      1,
      ["production"],
    ]);
    expect([deeds(shop.log), deeds(peers.production.log)]).to.deep.equal([["preview"], []]);
  });

  it("ends with a closed gate, which leaves images and later stacks alone", async () => {
    const peers = { production: workingShop() };
    const shop = withPeers(workingShop({ changes: [replaced] }), peers);
    const { code } = await failure(deploy(shop, quick(["worker=v2"], { then: ["production"] })));

    expect([code, deeds(shop.log), deeds(peers.production.log)]).to.deep.equal(["gate-blocked", ["preview"], []]);
  });

  it("only shows what it would do in a dry run", async () => {
    const shop = workingShop({ changes: [added] });
    const { summary } = await deploy(shop, { targets: ["worker=v2"], dryRun: true });

    expect([summary, deeds(shop.log)]).to.deep.equal([
      "staging, infrastructure: dry-run\nstaging, images: dry-run",
      ["preview"],
    ]);
  });

  for (const [fault, options, code] of [
    ["a service that is not there", quick(["wrker=v2"]), "usage"],
    ["no version for images alone", quick([], { appOnly: true }), "usage"],
    ["a stack that is named twice", quick(["worker=v2"], { then: ["staging"] }), "usage"],
    ["a stack that is not there", quick(["worker=v2"], { then: ["prod"] }), "stack-unknown"],
  ] as const)
    it(`refuses ${fault} before anything is begun`, async () => {
      const shop = withPeers(workingShop({ changes: [added] }), {});
      const error = await failure(deploy(shop, options));

      expect([error.code, error.exitCode, deeds(shop.log)]).to.deep.equal([code, 2, []]);
    });

  it("refuses a word that a later stack does not understand before anything is begun", async () => {
    const services = Object.entries(shopConfig().services).filter(([name]) => name !== "worker");
    const config = { ...shopConfig(), services: Object.fromEntries(services) };
    const peers = { production: workingShop({ config }) };
    const shop = withPeers(workingShop({ changes: [added] }), peers);
    const { code } = await failure(deploy(shop, quick(["worker=v2"], { then: ["production"] })));

    expect([code, deeds(shop.log)]).to.deep.equal(["usage", []]);
  });
});
