import { expect } from "chai";
import { deployment } from "../ecs-deployments/deployment-world";
import { cpuPolicy, memoryPolicy, setUp, target } from "./scaling-world";

const minute = 60_000;

async function scaled(
  counts: { readonly desired: number; readonly running?: number },
  { policies = [cpuPolicy], min = 1, max = 10 }: { policies?: readonly object[]; min?: number; max?: number } = {},
) {
  const world = setUp(counts);
  await world.ask("RegisterScalableTarget", { ...target, MinCapacity: min, MaxCapacity: max });
  for (const policy of policies) await world.ask("PutScalingPolicy", { ...policy });
  const set = () => world.ecs.updates.map(({ desiredCount }) => desiredCount);
  return { ...world, set };
}

describe("the scaler", () => {
  it("scales out in proportion to the newest value, and names alarm and policy", async () => {
    const { alarm, set, activities, cloudWatch } = await scaled({ desired: 2 });
    await alarm("cpu", "High", 120, 60);

    const high = String(cloudWatch.named("AlarmHigh")["AlarmName"]);
    expect(set()).to.deep.equal([5]);
    expect((await activities())[0]).to.deep.include({
      Description: "Setting desired count to 5.",
      Cause: `monitor alarm ${high} in state ALARM triggered policy cpu`,
    });
  });

  it("reckons from what runs, not from what is wanted", async () => {
    const { alarm, set } = await scaled({ desired: 4, running: 2 });
    await alarm("cpu", "High", 100);

    expect(set()).to.deep.equal([]);
  });

  it("stays within the range, and tells once that it is at its end", async () => {
    const { alarm, set, activities, settle, clock } = await scaled({ desired: 2 }, { max: 3 });
    await alarm("cpu", "High", 200);
    settle();
    await clock.advance(10 * minute);
    await alarm("cpu", "High", 200);
    await alarm("cpu", "High", 200);

    expect(set()).to.deep.equal([3]);
    expect((await activities()).map(({ StatusCode }) => StatusCode)).to.deep.equal(["Successful"]);
    expect(
      (await activities(true)).map(({ StatusCode, Description, NotScaledReasons }) => ({
        StatusCode,
        Description,
        NotScaledReasons,
      })),
    ).to.deep.equal([
      {
        StatusCode: "Failed",
        Description: "Attempting to scale due to alarm triggered",
        NotScaledReasons: [
          { Code: "AlreadyAtMaxCapacity", MaxCapacity: 3, MinCapacity: undefined, CurrentCapacity: 3 },
        ],
      },
      { StatusCode: "Successful", Description: "Setting desired count to 3.", NotScaledReasons: undefined },
    ]);
  });

  it("makes only larger steps while a scale-out cools down, and counts the last one in", async () => {
    const { alarm, set, settle, clock } = await scaled({ desired: 2 });
    await alarm("cpu", "High", 60);
    settle();
    await clock.advance(minute);
    await alarm("cpu", "High", 60);
    const during = set();
    await alarm("cpu", "High", 90);
    const larger = set();
    settle();
    await clock.advance(6 * minute);
    await alarm("cpu", "High", 60);

    expect(during).to.deep.equal([3]);
    expect(larger).to.deep.equal([3, 5]);
    expect(set()).to.deep.equal([3, 5, 6]);
  });

  it("scales in by the highest of the last values, then waits for the cooldown", async () => {
    const { alarm, set, settle, clock } = await scaled({ desired: 10 });
    await alarm("cpu", "Low", 5, 20, 10);
    settle();
    await clock.advance(4 * minute);
    await alarm("cpu", "Low", 5);
    const during = set();
    await clock.advance(2 * minute);
    await alarm("cpu", "Low", 5);

    expect(during).to.deep.equal([4]);
    expect(set()).to.deep.equal([4, 1]);
  });

  it("scales out at once while a scale-in cools down", async () => {
    const { alarm, set, settle, calm, clock } = await scaled({ desired: 4 });
    await alarm("cpu", "Low", 25);
    settle();
    calm();
    await clock.advance(minute);
    await alarm("cpu", "High", 100);

    expect(set()).to.deep.equal([2, 4]);
  });

  it("takes nothing away while a deployment runs, but adds", async () => {
    const { alarm, set, change, activities, calm } = await scaled({ desired: 4 });
    change({ deployments: [deployment("2", { rolloutState: "IN_PROGRESS" }), deployment("1", { status: "ACTIVE" })] });
    await alarm("cpu", "Low", 10);
    const low = set();
    calm();
    await alarm("cpu", "High", 100);

    expect(low).to.deep.equal([]);
    expect(set()).to.deep.equal([8]);
    expect((await activities(true))[1]?.["NotScaledReasons"]).to.deep.equal([
      {
        Code: "TargetServicePutResourceAsUnscalable",
        MaxCapacity: undefined,
        MinCapacity: undefined,
        CurrentCapacity: 4,
      },
    ]);
  });

  it("goes in only when all policies want it, and out by the one that wants most", async () => {
    const both = { policies: [cpuPolicy, memoryPolicy] };
    const { alarm, set, calm } = await scaled({ desired: 4 }, both);
    await alarm("cpu", "Low", 10);
    const one = set();
    await alarm("memory", "Low", 40);
    const all = set();
    const out = await scaled({ desired: 4 }, both);
    await out.alarm("cpu", "High", 60);
    calm();
    await out.clock.advance(6 * minute);
    await out.alarm("memory", "High", 160);

    expect([one, all, out.set()]).to.deep.equal([[], [2], [5, 8]]);
  });

  it("does not ask a policy that never scales in whether others may", async () => {
    const { TargetTrackingScalingPolicyConfiguration: memory } = memoryPolicy;
    const onlyOut = { ...memoryPolicy, TargetTrackingScalingPolicyConfiguration: { ...memory, DisableScaleIn: true } };
    const { alarm, set } = await scaled({ desired: 4 }, { policies: [cpuPolicy, onlyOut] });
    await alarm("cpu", "Low", 25);

    expect(set()).to.deep.equal([2]);
  });

  it("does nothing without data", async () => {
    const { alarm, set } = await scaled({ desired: 4 });
    await alarm("cpu", "High");
    await alarm("cpu", "Low");

    expect(set()).to.deep.equal([]);
  });

  it("brings a count that was set by hand back into the range first", async () => {
    const below = await scaled({ desired: 3 }, { min: 3 });
    below.change({ desiredCount: 1, runningCount: 1 });
    await below.alarm("cpu", "High", 300);
    const above = await scaled({ desired: 3 }, { max: 5 });
    above.change({ desiredCount: 9, runningCount: 9 });
    await above.alarm("cpu", "Low", 5);

    expect([below.set(), above.set()]).to.deep.equal([[3], [5]]);
  });

  it("leaves a target alone that is suspended", async () => {
    const { ask, alarm, set, calm } = await scaled({ desired: 4 });
    const SuspendedState = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true };
    await ask("RegisterScalableTarget", { ...target, SuspendedState });
    await alarm("cpu", "High", 100);
    calm();
    await alarm("cpu", "Low", 10);

    expect(set()).to.deep.equal([]);
  });

  it("does nothing for a service that is gone", async () => {
    const { alarm, set, change, ecs } = await scaled({ desired: 4 });
    change({ status: "DRAINING" });
    await alarm("cpu", "High", 100);
    ecs.service = undefined;
    await alarm("cpu", "High", 100);

    expect(set()).to.deep.equal([]);
  });

  it("acts on alarms in ALARM only, and on policies that it knows", async () => {
    const { cloudWatch, set } = await scaled({ desired: 4 });
    const name = String(cloudWatch.named("AlarmHigh")["AlarmName"]);
    const policyArns = cloudWatch.named("AlarmHigh")["AlarmActions"] as readonly string[];
    const scope = { account: "123456789012", region: "eu-central-1" };
    cloudWatch.standing.set(name, { state: "ALARM", values: [100] });
    await cloudWatch.fire({ scope, name, state: "OK", policyArns });
    await cloudWatch.fire({ scope, name, state: "ALARM", policyArns: ["arn:other"] });

    expect(set()).to.deep.equal([]);
  });

  it("ends an activity that a newer one has overtaken, and gives up one that is never fulfilled", async () => {
    const { alarm, clock, activities } = await scaled({ desired: 2 });
    await alarm("cpu", "High", 60);
    await clock.advance(minute);
    await alarm("cpu", "High", 150);
    await clock.advance(61 * minute);

    expect((await activities()).map(({ StatusCode }) => StatusCode)).to.deep.equal(["Unfulfilled", "Overridden"]);
  });
});
