import { expect } from "chai";
import { trafficToLive } from "../../../automation/release/traffic-to-live";
import { FakeTraffic } from "../../_fakes/fake-traffic";
import { aPlan } from "../../_helpers/a-journal";
import { aTarget } from "../../_helpers/a-shop-release";

/** What is given to the load balancer. */
async function given(change: (traffic: FakeTraffic) => void, plan = aPlan()): Promise<readonly string[]> {
  const log: string[] = [];
  const traffic = new FakeTraffic(log);
  traffic.members.set("arn:blue", [aTarget("10.0.0.1", "unhealthy"), aTarget("10.0.0.2")]);
  traffic.members.set("arn:green", [aTarget("10.0.1.1")]);
  change(traffic);
  await trafficToLive({ traffic }, plan, plan.from.slot);
  return log.filter((line) => line.startsWith("setWeights"));
}

describe("trafficToLive", () => {
  it("gives the live slot all traffic that somebody has split", async () => {
    expect(await given(({ split }) => split.set("arn:rule", { blue: 70, green: 30 }))).to.deep.equal([
      "setWeights blue 100 green 0",
    ]);
  });

  it("gives it to green where that is the live slot", async () => {
    const { from, to } = aPlan();
    const plan = aPlan({ from: { ...from, slot: "green" }, to: { ...to, slot: "blue" } });
    expect(await given(() => undefined, plan)).to.deep.equal(["setWeights blue 0 green 100"]);
  });

  it("leaves weights alone that are as they should be", async () => {
    expect(await given(() => undefined)).to.deep.equal([]);
  });

  it("gives nothing to a slot without a healthy target", async () => {
    const dead = ({ split, members }: FakeTraffic): void => {
      split.set("arn:rule", { blue: 70, green: 30 });
      members.set("arn:blue", [aTarget("10.0.0.1", "unhealthy")]);
    };
    expect(await given(dead)).to.deep.equal([]);
  });

  it("asks nothing for a service with one slot", async () => {
    const odd = ({ split }: FakeTraffic): void => void split.set("arn:rule", { blue: 70, green: 30 });
    expect(await given(odd, aPlan({ mode: "rolling" }))).to.deep.equal([]);
  });
});
