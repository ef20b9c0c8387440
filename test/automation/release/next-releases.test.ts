import { expect } from "chai";
import { whenCommitted, whenProvisioned, whenRestored } from "../../../automation/release/next-releases";
import { fakePlan, fakeRollingPlan } from "../../_fakes/fake-plan";

const v1 = { images: { web: "shop:v1" }, version: "v1" };
const v2 = { images: { web: "shop:v2" }, version: "v2" };
const onBlue = { blue: 100, green: 0 };
const onGreen = { blue: 0, green: 100 };

describe("what the stack is to remember of two slots", () => {
  it("is both versions, the old one live, when the new one is provisioned", () => {
    expect(whenProvisioned(fakePlan())).to.deep.equal({
      web: { live: "blue", slots: { blue: v1, green: v2 }, weights: onBlue },
    });
  });

  it("is the slot that is committed, whichever that is", () => {
    expect([whenCommitted(fakePlan(), "green"), whenCommitted(fakePlan(), "blue")]).to.deep.equal([
      { web: { live: "green", slots: { blue: v1, green: v2 }, weights: onGreen } },
      { web: { live: "blue", slots: { blue: v1, green: v2 }, weights: onBlue } },
    ]);
  });

  it("follows the slots when green is the live one", () => {
    const { from, to } = fakePlan();
    const plan = fakePlan({ from: { ...from, slot: "green" }, to: { ...to, slot: "blue" } });
    expect([whenProvisioned(plan), whenCommitted(plan, "blue")]).to.deep.equal([
      { web: { live: "green", slots: { green: v1, blue: v2 }, weights: onGreen } },
      { web: { live: "blue", slots: { green: v1, blue: v2 }, weights: onBlue } },
    ]);
  });
});

describe("what the stack is to remember of one slot", () => {
  it("is the new version as soon as it is put in place, and the old one when that is put back", () => {
    const plan = fakeRollingPlan();
    expect([whenProvisioned(plan), whenCommitted(plan, "blue"), whenRestored(plan)]).to.deep.equal([
      { web: { live: "blue", slots: { blue: v2 }, weights: onBlue } },
      { web: { live: "blue", slots: { blue: v2 }, weights: onBlue } },
      { web: { live: "blue", slots: { blue: v1 }, weights: onBlue } },
    ]);
  });
});
