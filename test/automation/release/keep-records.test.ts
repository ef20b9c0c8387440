import { expect } from "chai";
import { keepRecords } from "../../../automation/release/keep-records";
import { aJournal, aPoint } from "../../_helpers/a-journal";
import { liveImages } from "../../_helpers/a-shop-release";
import { workingShop, type WorkingShop } from "../../_helpers/a-working-shop";
import { aServicePlan } from "../../_helpers/a-service-plan";

const plan = aServicePlan({
  from: { slot: "green", images: { web: "old" }, version: "v0" },
  to: { slot: "blue", images: liveImages, version: "v1" },
  alarms: ["slow"],
  watchHours: 2,
});
const journal = aJournal({ plan, release: "r1" });
const before = aPoint("before", {
  services: { web: { version: "v0", images: { web: "old" }, taskDefinition: "td", desired: 1, slot: "green" } },
});

async function shopWith(...points: readonly (typeof before)[]): Promise<WorkingShop> {
  const shop = workingShop();
  for (const point of points) await shop.points.add(point);
  return shop;
}

describe("the records of a release that went well", () => {
  it("are a point of the whole environment and the watch that was planned", async () => {
    const shop = await shopWith(before);
    await keepRecords(shop, journal, "done");
    const point = shop.points.points.get("r1-web");
    expect([point?.release, point?.released, Object.keys(point?.services ?? {})]).to.deep.equal([
      "r1",
      ["web"],
      ["web", "api", "worker"],
    ]);
    expect(point?.services["web"]).to.deep.equal({
      version: "v1",
      images: liveImages,
      taskDefinition: "arn:web:1",
      desired: 3,
      slot: "blue",
    });
    expect(shop.watches.records.get("web")).to.deep.equal({
      schema: 1,
      service: "web",
      release: "r1",
      start: "1970-01-01T00:00:00.000Z",
      end: "1970-01-01T02:00:00.000Z",
      alarms: ["slow"],
      point: "before",
      state: "open",
    });
  });

  it("are the same when they are made twice", async () => {
    const shop = await shopWith(before);
    await keepRecords(shop, journal, "done");
    const first = [...shop.points.points.values()];
    await keepRecords(shop, journal, "done");
    expect([...shop.points.points.values()]).to.deep.equal(first);
    expect(shop.log.filter((line) => line === "point r1-web")).to.have.lengthOf(1);
    expect(shop.watches.records.get("web")?.point).to.equal("before");
  });

  it("have no watch without a time, without alarms, and without a state to go back to", async () => {
    const unwatched = await Promise.all([
      shopWith(before).then(async (shop) => {
        await keepRecords(shop, { ...journal, plan: { ...plan, watchHours: 0 } }, "done");
        return shop;
      }),
      shopWith(before).then(async (shop) => {
        await keepRecords(shop, { ...journal, plan: { ...plan, alarms: [] } }, "done");
        return shop;
      }),
      shopWith().then(async (shop) => {
        await keepRecords(shop, journal, "done");
        return shop;
      }),
    ]);
    expect(unwatched.map((shop) => [shop.watches.records.size, shop.points.points.has("r1-web")])).to.deep.equal([
      [0, true],
      [0, true],
      [0, true],
    ]);
  });

  for (const outcome of ["rolled-back", "left", "stuck"] as const)
    it(`are none when it ended ${outcome}`, async () => {
      const shop = await shopWith();
      await keepRecords(shop, journal, outcome);
      expect([shop.points.points.size, shop.watches.records.size]).to.deep.equal([0, 0]);
    });

  it("leave out of the point what is not there", async () => {
    const shop = await shopWith(before);
    shop.containers.services.delete("shop-api");
    await keepRecords(shop, journal, "done");
    expect(Object.keys(shop.points.points.get("r1-web")?.services ?? {})).to.deep.equal(["web", "worker"]);
  });
});
