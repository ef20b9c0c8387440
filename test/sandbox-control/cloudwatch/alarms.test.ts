import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer } from "../../../sandbox/model/service-api";
import { anAlarm, caller, policy, topic, WatchedWorld } from "./watched-world";

describe("alarms", () => {
  it("start without data, fire in the minute after the value, and are over with the next good one", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    const states = [await world.state()];
    for (const value of [10, 60, 10]) {
      await world.send(value);
      await world.minutes(1);
      states.push(await world.state());
    }

    expect(states).to.deep.equal(["INSUFFICIENT_DATA", "OK", "ALARM", "OK"]);
    expect(await world.history("high")).to.deep.equal([
      'Alarm "high" created',
      "Alarm updated from INSUFFICIENT_DATA to OK",
      `Successfully executed action ${topic}`,
      "Alarm updated from OK to ALARM",
      `Successfully executed action ${topic}`,
      "Alarm updated from ALARM to OK",
      `Successfully executed action ${topic}`,
    ]);
  });

  it("do not count the minute that is still open", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.clock.advance(56_000);
    await world.send(60);
    const open = await world.state();
    await world.clock.advance(1000);
    const evaluated = await world.state();
    await world.minutes(1);

    expect([open, evaluated, await world.state()]).to.deep.equal(["INSUFFICIENT_DATA", "INSUFFICIENT_DATA", "ALARM"]);
  });

  it("look at data that is older than they are", async () => {
    const world = new WatchedWorld();
    await world.send(60);
    await world.minutes(1);
    await world.call("PutMetricAlarm", anAlarm());
    await world.minutes(1);

    expect(await world.state()).to.equal("ALARM");
  });

  it("slide their window minute by minute, however long the period", async () => {
    const world = new WatchedWorld();
    await world.call(
      "PutMetricAlarm",
      anAlarm({ Period: 300, Statistic: "Sum", Threshold: 100, TreatMissingData: "notBreaching" }),
    );
    await world.minutes(3);
    await world.send(60);
    await world.minutes(4);
    await world.send(60);
    const before = await world.state();
    await world.minutes(1);

    // 12:03 and 12:07 are in different periods of the wall clock, and in the one window that ends at 12:08.
    expect([before, await world.state()]).to.deep.equal(["OK", "ALARM"]);
  });

  it("of 10 seconds fire within 10 seconds", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm({ Period: 10 }));
    await world.clock.advance(47_000);
    const MetricData = [{ MetricName: "Load", Value: 60, StorageResolution: 1 }];
    await world.call("PutMetricData", { Namespace: "Shop", MetricData });
    await world.clock.advance(12_000);

    expect(await world.state()).to.equal("ALARM");
  });

  it("are told to Auto Scaling every minute while they fire, and to SNS once", async () => {
    const world = new WatchedWorld();
    const heard: string[] = [];
    world.cloudWatch.control.onAlarm((alarm, arns) => void heard.push(`${alarm.standing.value} ${arns.length}`));
    world.cloudWatch.control.putAlarm(caller, anAlarm({ AlarmActions: [policy, topic], OKActions: [] }));
    for (let minute = 0; minute < 3; minute++) {
      await world.send(60);
      await world.minutes(1);
    }
    await world.send(1);
    await world.minutes(2);

    expect({ heard, told: world.sns.length }).to.deep.equal({
      heard: ["ALARM 1", "ALARM 1", "ALARM 1"],
      told: 1,
    });
  });

  it("change their state without a word while their actions are disabled", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("DisableAlarmActions", { AlarmNames: ["high"] });
    await world.send(60);
    await world.minutes(2);
    const silent = world.sns.length;
    await world.call("EnableAlarmActions", { AlarmNames: ["high"] });
    await world.call("SetAlarmState", { AlarmName: "high", StateValue: "OK", StateReason: "test" });
    await world.minutes(0);

    expect([silent, world.sns.length]).to.deep.equal([0, 1]);
  });

  it("note an action that failed", async () => {
    const world = new WatchedWorld();
    world.snsFault = new AwsFault("NotFound", "Topic does not exist");
    await world.call("PutMetricAlarm", anAlarm());
    await world.send(60);
    await world.minutes(2);

    expect((await world.history("high")).at(-1)).to.equal(`Failed to execute action ${topic}. Topic does not exist`);
  });

  it("that were set by hand go back to the truth with the next evaluation", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.send(1);
    await world.minutes(1);
    await world.send(1);
    await world.clock.advance(5000);
    await world.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "rehearsal" });
    const set = await world.state();
    await world.minutes(1);

    expect([set, await world.state(), world.sns.length]).to.deep.equal(["ALARM", "OK", 3]);
  });

  it("that are forced stay so until they are released, even if they are put again", async () => {
    const world = new WatchedWorld();
    world.cloudWatch.force(caller, "high", "ALARM", "a fault");
    await world.call("PutMetricAlarm", anAlarm());
    const states: unknown[] = [];
    for (let minute = 0; minute < 3; minute++) {
      await world.send(1);
      await world.minutes(1);
      states.push(await world.state());
    }
    world.cloudWatch.release(caller, "high");
    await world.send(1);
    await world.minutes(1);

    expect([...states, world.cloudWatch.alarms.state(caller, "high")]).to.deep.equal(["ALARM", "ALARM", "ALARM", "OK"]);
  });

  it("of another account are others, whatever their names", async () => {
    const world = new WatchedWorld();
    const other = { ...caller, account: "999988887777" };
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("PutMetricAlarm", anAlarm({ TreatMissingData: "breaching" }), other);
    await world.send(1);
    await world.minutes(1);

    expect([caller, other].map((scope) => world.cloudWatch.alarms.state(scope, "high"))).to.deep.equal(["OK", "ALARM"]);
  });

  it("whose expression makes no sense say so, and keep their state", async () => {
    const world = new WatchedWorld();
    const metric = { Metric: { Namespace: "Shop", MetricName: "Load" }, Period: 60, Stat: "Sum" };
    const Metrics = [
      { Id: "a", MetricStat: metric, ReturnData: false },
      { Id: "e", Expression: "FIRST(1)" },
    ];
    await world.call("PutMetricAlarm", { ...anAlarm(), ...withoutMetric, Metrics });
    await world.minutes(1);

    const alarm = ((await world.call("DescribeAlarms"))["MetricAlarms"] as Answer[])[0];
    expect([alarm?.["StateValue"], alarm?.["EvaluationState"]]).to.deep.equal([
      "INSUFFICIENT_DATA",
      "EVALUATION_ERROR",
    ]);
  });

  it("of a percentile wait for enough samples if they are told to", async () => {
    const world = new WatchedWorld();
    const p90 = { Statistic: undefined, ExtendedStatistic: "p90", TreatMissingData: "notBreaching" };
    await world.call("PutMetricAlarm", anAlarm({ ...p90, EvaluateLowSampleCountPercentile: "ignore" }));
    await world.call("PutMetricAlarm", anAlarm({ ...p90, AlarmName: "eager" }));
    await world.send(60);
    await world.minutes(1);
    const few = [await world.state(), await world.state("eager")];
    const MetricData = [{ MetricName: "Load", Values: [60], Counts: [100] }];
    await world.call("PutMetricData", { Namespace: "Shop", MetricData });
    await world.minutes(1);

    expect([few, await world.state()]).to.deep.equal([["INSUFFICIENT_DATA", "ALARM"], "ALARM"]);
  });
});

const withoutMetric = { Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined };
