import { expect } from "chai";
import type { Answer } from "../../../sandbox/model/service-api";
import { anAlarm, caller, topic, WatchedWorld } from "./watched-world";

describe("what alarms tell", () => {
  it("is, to SNS, what the schema says", async () => {
    const world = new WatchedWorld();
    const dimensions = [{ Name: "Service", Value: "web" }];
    await world.call(
      "PutMetricAlarm",
      anAlarm({ AlarmDescription: "P1: slow", Dimensions: dimensions, DatapointsToAlarm: 1 }),
    );
    await world.clock.advance(10_000);
    const MetricData = [{ MetricName: "Load", Value: 99.5, Dimensions: dimensions }];
    await world.call("PutMetricData", { Namespace: "Shop", MetricData });
    await world.minutes(1);

    const { Message, ...rest } = world.sns[0] ?? {};
    expect(rest).to.deep.equal({
      Action: "Publish",
      Version: "2010-03-31",
      TopicArn: topic,
      Subject: 'ALARM: "high" in EU (Frankfurt)',
    });
    expect(JSON.parse(Message as string)).to.deep.equal({
      AlarmName: "high",
      AlarmDescription: "P1: slow",
      AWSAccountId: caller.account,
      AlarmConfigurationUpdatedTimestamp: "2026-01-01T12:00:05.000+0000",
      NewStateValue: "ALARM",
      NewStateReason:
        "Threshold Crossed: 1 out of the last 1 datapoints [99.5 (01/01/26 12:00:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
      StateChangeTime: "2026-01-01T12:01:02.000+0000",
      Region: "EU (Frankfurt)",
      AlarmArn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:high",
      OldStateValue: "INSUFFICIENT_DATA",
      OKActions: [topic],
      AlarmActions: [topic],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: "Load",
        Namespace: "Shop",
        StatisticType: "Statistic",
        Statistic: "AVERAGE",
        Unit: null,
        Dimensions: [{ value: "web", name: "Service" }],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: "GreaterThanThreshold",
        Threshold: 50,
        TreatMissingData: "missing",
        EvaluateLowSampleCountPercentile: "",
      },
    });
  });

  it("is, to those who look, the evidence of a change as data of the reason and of the history", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.send(60);
    await world.minutes(1);
    await world.minutes(1);

    const alarm = ((await world.call("DescribeAlarms"))["MetricAlarms"] as Answer[])[0];
    const data =
      '{"version":"1.0","queryDate":"2026-01-01T12:01:02.000+0000","startDate":"2026-01-01T12:00:00.000+0000","statistic":"Average","period":60,"recentDatapoints":[60.0],"threshold":50.0}';
    expect(alarm?.["StateReasonData"]).to.equal(data);
    const items = (await world.call("DescribeAlarmHistory", { HistoryItemType: "StateUpdate" }))["AlarmHistoryItems"];
    expect(JSON.parse((items as Answer[])[0]?.["HistoryData"] as string)).to.deep.equal({
      version: "1.0",
      oldState: { stateValue: "INSUFFICIENT_DATA", stateReason: "Unchecked: Initial alarm creation" },
      newState: {
        stateValue: "ALARM",
        stateReason: "Threshold Crossed: 1 datapoint [60.0 (01/01/26 12:00:00)] was greater than the threshold (50.0).",
        stateReasonData: JSON.parse(data) as unknown,
      },
    });
  });
});
