import { expect } from "chai";
import type { StackConfig } from "../../infra/config/schema";
import {
  initialRelease,
  mergeReleases,
  releasesSchema,
  strandedServices,
  type ServiceRelease,
} from "../../infra/releases";
import { stackConfig } from "../_helpers/stack-config";

type Services = StackConfig["services"];

function services(strategy: string, images: Readonly<Record<string, string>> = { web: "v1" }): Services {
  const containers = Object.fromEntries(
    Object.entries(images).map(([name, tag]) => [name, { image: { repository: `shop/${name}`, tag } }]),
  );
  return stackConfig({ services: { shop: { containers, release: { strategy } } } }).services;
}

const shopOf = (all: Services) => {
  const { shop } = all;
  if (shop === undefined) throw new Error("no service shop");
  return shop;
};

const released: ServiceRelease = {
  live: "green",
  slots: { blue: { images: { web: "shop/web:v7" } }, green: { images: { web: "shop/web:v8" } } },
  weights: { blue: 0, green: 100 },
};

describe("initialRelease", () => {
  it("puts the configured images into both slots, and all traffic on blue", () => {
    expect(initialRelease(shopOf(services("blue-green")))).to.deep.equal({
      live: "blue",
      slots: { blue: { images: { web: "shop/web:v1" } }, green: { images: { web: "shop/web:v1" } } },
      weights: { blue: 100, green: 0 },
    });
  });

  it("gives a service that only rolls a single slot", () => {
    expect(initialRelease(shopOf(services("rolling"))).slots).to.deep.equal({
      blue: { images: { web: "shop/web:v1" } },
    });
  });

  it("is what the stack can read back", () => {
    const releases = { shop: initialRelease(shopOf(services("canary"))) };

    expect(releasesSchema.parse(JSON.parse(JSON.stringify(releases)))).to.deep.equal(releases);
  });
});

describe("mergeReleases", () => {
  it("keeps what the stack remembers, whatever image the configuration names", () => {
    expect(mergeReleases({ shop: released }, {}, services("blue-green"))).to.deep.equal({ shop: released });
  });

  it("keeps the tag by which a slot's images were released", () => {
    const slots = { blue: { images: { web: "shop/web@sha256:7" }, version: "v7" } };
    const before: ServiceRelease = { ...released, live: "blue", slots };

    expect(mergeReleases({ shop: before }, {}, services("blue-green"))["shop"]?.slots).to.deep.equal({
      ...slots,
      green: slots.blue,
    });
  });

  it("takes what this run was told before what the stack remembers", () => {
    const next: ServiceRelease = {
      ...released,
      slots: { ...released.slots, blue: { images: { web: "shop/web:v9" } } },
    };

    expect(mergeReleases({ shop: released }, { shop: next }, services("blue-green"))).to.deep.equal({ shop: next });
  });

  it("starts a container that was added later with its configured image", () => {
    const merged = mergeReleases({ shop: released }, {}, services("blue-green", { web: "v1", proxy: "v2" }));

    expect(merged["shop"]?.slots).to.deep.equal({
      blue: { images: { web: "shop/web:v7", proxy: "shop/proxy:v2" } },
      green: { images: { web: "shop/web:v8", proxy: "shop/proxy:v2" } },
    });
  });

  it("forgets containers and services that are no longer configured", () => {
    const before = { shop: released, gone: released };
    const merged = mergeReleases(before, {}, services("blue-green", { proxy: "v2" }));

    expect(merged).to.deep.equal({
      shop: {
        ...released,
        slots: { blue: { images: { proxy: "shop/proxy:v2" } }, green: { images: { proxy: "shop/proxy:v2" } } },
      },
    });
  });

  it("starts a second slot that was added later with the images of the live one", () => {
    const rolled: ServiceRelease = {
      live: "blue",
      slots: { blue: { images: { web: "shop/web:v5" } } },
      weights: { blue: 100, green: 0 },
    };

    expect(mergeReleases({ shop: rolled }, {}, services("linear"))["shop"]?.slots).to.deep.equal({
      blue: { images: { web: "shop/web:v5" } },
      green: { images: { web: "shop/web:v5" } },
    });
  });
});

describe("strandedServices", () => {
  it("finds a service that is live on a slot which it is about to lose", () => {
    const all = services("rolling");

    expect(strandedServices(mergeReleases({ shop: released }, {}, all), all)).to.deep.equal(["shop"]);
  });

  it("finds nothing while the live slot stays", () => {
    const all = services("blue-green");

    expect(strandedServices(mergeReleases({ shop: released }, {}, all), all)).to.deep.equal([]);
  });
});
