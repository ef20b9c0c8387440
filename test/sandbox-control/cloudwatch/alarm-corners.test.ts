import { expect } from "chai";
import type { Answer } from "../../../sandbox/model/service-api";
import { anAlarm, WatchedWorld } from "./watched-world";

const set = { AlarmName: "high", StateValue: "ALARM", StateReason: "test" };

describe("alarms in corners", () => {
  it("do nothing when they are set to the state that they have, but take the reason", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("SetAlarmState", set);
    await world.call("SetAlarmState", { ...set, StateReason: "again" });
    await world.clock.advance(0);

    const alarm = ((await world.call("DescribeAlarms"))["MetricAlarms"] as Answer[])[0];
    expect([alarm?.["StateReason"], world.sns.length]).to.deep.equal(["again", 1]);
  });

  it("that contradict each other in a cycle are judged once, and not for ever", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("PutCompositeAlarm", { AlarmName: "x", AlarmRule: "ALARM(high)" });
    await world.call("PutCompositeAlarm", { AlarmName: "y", AlarmRule: "ALARM(x)" });
    await world.call("PutCompositeAlarm", { AlarmName: "x", AlarmRule: "ALARM(high) AND NOT ALARM(y)" });
    await world.call("SetAlarmState", set);

    expect([await world.state("x"), await world.state("y")]).to.deep.equal(["ALARM", "ALARM"]);
  });

  it("are metric alarms unless somebody asks for others, and a full last page is the last", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("PutCompositeAlarm", { AlarmName: "x", AlarmRule: "ALARM(high)" });
    const { MetricAlarms, ...rest } = await world.call("DescribeAlarms", { MaxRecords: 1 });

    expect([(MetricAlarms as Answer[]).length, rest]).to.deep.equal([1, { CompositeAlarms: [] }]);
  });
});
