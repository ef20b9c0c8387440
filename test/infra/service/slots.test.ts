import { expect } from "chai";
import { initialRelease } from "../../../infra/releases";
import { planSlots } from "../../../infra/service/slots";
import { stackConfig } from "../../_helpers/stack-config";

function service(settings: Readonly<Record<string, unknown>>) {
  const { shop } = stackConfig({
    services: { shop: { desiredCount: 3, containers: { web: { image: { repository: "shop" } } }, ...settings } },
  }).services;
  if (shop === undefined) throw new Error("no service shop");
  return shop;
}

const images = { web: "shop:latest" };

describe("planSlots", () => {
  it("gives a service that only rolls one slot, whose count belongs to the configuration", () => {
    const shop = service({});

    expect(planSlots(shop, initialRelease(shop))).to.deep.equal([
      { slot: "blue", live: true, images, desiredCount: 3, ignoresDesiredCount: false, suffix: "" },
    ]);
  });

  it("starts the idle slot with no tasks, and leaves its count to the release", () => {
    const shop = service({ release: { strategy: "blue-green" } });

    expect(planSlots(shop, initialRelease(shop))).to.deep.equal([
      { slot: "blue", live: true, images, desiredCount: 3, ignoresDesiredCount: false, suffix: "" },
      { slot: "green", live: false, images, desiredCount: 0, ignoresDesiredCount: true, suffix: "-green" },
    ]);
  });

  it("knows each slot by the tag that was released into it", () => {
    const shop = service({ release: { strategy: "blue-green" } });
    const { slots, ...release } = initialRelease(shop);
    const released = { ...release, slots: { ...slots, green: { images: { web: "shop@sha256:0" }, version: "v2" } } };

    expect(planSlots(shop, released).map(({ version }) => version)).to.deep.equal([undefined, "v2"]);
  });

  it("changes the parts when green is live", () => {
    const shop = service({ release: { strategy: "blue-green" } });
    const release = { ...initialRelease(shop), live: "green" as const };

    const counts = planSlots(shop, release).map(({ slot, desiredCount, ignoresDesiredCount }) => [
      slot,
      desiredCount,
      ignoresDesiredCount,
    ]);
    expect(counts).to.deep.equal([
      ["blue", 0, true],
      ["green", 3, false],
    ]);
  });

  for (const [min, max, first] of [
    [4, 8, 4],
    [1, 2, 2],
    [1, 8, 3],
  ]) {
    it(`starts with ${first} tasks and then leaves the count to a scaling between ${min} and ${max}`, () => {
      const shop = service({ autoscaling: { min, max, cpuTarget: 60 } });

      const [slot] = planSlots(shop, initialRelease(shop));

      expect([slot?.desiredCount, slot?.ignoresDesiredCount]).to.deep.equal([first, true]);
    });
  }
});
