import { expect } from "chai";
import { refuseLeavingEcs, releasedServices } from "../../infra/released-services";
import { initialRelease } from "../../infra/releases";
import { stackConfig } from "../_helpers/stack-config";

const loadBalancer = { healthCheck: { path: "/health" } };
const config = (release: object) =>
  stackConfig({
    services: { web: { release, containers: { web: { image: { repository: "shop" }, port: 80, loadBalancer } } } },
  });
const native = config({ strategy: "canary", controller: "ecs" });
const own = config({ strategy: "canary" });
const rolling = config({});
const remembered = ({ services: { web } }: typeof own, nativeServices: readonly string[] = []) => ({
  releases: web === undefined ? {} : { web: initialRelease(web) },
  nativeServices,
});

describe("releasedServices", () => {
  for (const [what, previous, now, found] of [
    ["two slots that stay", remembered(own), own, ["web"]],
    ["a second slot that is new", remembered(rolling), own, []],
    ["a second slot that goes", remembered(own), rolling, []],
    ["rules that ECS has had", remembered(native, ["web"]), native, ["web"]],
    ["rules that ECS gets now", remembered(rolling), native, []],
    ["rules that ECS gets from the driver, which had them in another form", remembered(own), native, []],
  ] as const) {
    it(`${found.length === 0 ? "sets" : "leaves alone"} the split of ${what}`, () => {
      expect([...releasedServices(previous, now)]).to.deep.equal(found);
    });
  }
});

describe("refuseLeavingEcs", () => {
  it("refuses to take a service over from ECS, and says what to do", () => {
    expect(() => refuseLeavingEcs(remembered(native, ["web"]), own)).to.throw(
      /^web: ECS itself shifts .*Nothing was changed\. Keep `release\.controller: ecs`/,
    );
  });

  it("lets a service stay with ECS, go to it, or go altogether", () => {
    refuseLeavingEcs(remembered(native, ["web"]), native);
    refuseLeavingEcs(remembered(own), native);
    refuseLeavingEcs(remembered(native, ["web"]), stackConfig({ services: {} }));
  });
});
