import { expect } from "chai";
import type { Answer, Input } from "../../../sandbox/model/service-api";
import { anAlarm, topic, WatchedWorld } from "./watched-world";

const only = async (world: WatchedWorld): Promise<Answer | undefined> =>
  ((await world.call("DescribeAlarms"))["MetricAlarms"] as Answer[])[0];

describe("the API of alarms", () => {
  it("reads back what was put, numbers as numbers even when they came as texts", async () => {
    const world = new WatchedWorld();
    const query = {
      ...anAlarm({
        Period: "60",
        EvaluationPeriods: "3",
        DatapointsToAlarm: "2",
        Threshold: "5E1",
        ActionsEnabled: "false",
      }),
      OKActions: "",
      Dimensions: [{ Name: "Service", Value: "web" }],
    };
    await world.call("PutMetricAlarm", query);

    const at = new Date("2026-01-01T12:00:05Z");
    expect(JSON.parse(JSON.stringify(await only(world)))).to.deep.equal({
      AlarmName: "high",
      AlarmArn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:high",
      AlarmConfigurationUpdatedTimestamp: at.toISOString(),
      ActionsEnabled: false,
      OKActions: [],
      AlarmActions: [topic],
      InsufficientDataActions: [],
      StateValue: "INSUFFICIENT_DATA",
      StateReason: "Unchecked: Initial alarm creation",
      StateUpdatedTimestamp: at.toISOString(),
      StateTransitionedTimestamp: at.toISOString(),
      MetricName: "Load",
      Namespace: "Shop",
      Statistic: "Average",
      Dimensions: [{ Name: "Service", Value: "web" }],
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 50,
      ComparisonOperator: "GreaterThanThreshold",
    });
  });

  it("reads back metric math as it was put", async () => {
    const world = new WatchedWorld();
    const metric = (MetricName: string) => ({
      Metric: { Namespace: "Shop", MetricName, Dimensions: [{ Name: "a", Value: "b" }] },
      Period: 60,
      Stat: "Sum",
    });
    const Metrics = [
      { Id: "errors", MetricStat: metric("Errors"), ReturnData: false },
      { Id: "requests", MetricStat: metric("Requests"), ReturnData: false },
      { Id: "rate", Expression: "100 * errors / requests", Label: "Rate", ReturnData: true },
    ];
    await world.call("PutMetricAlarm", { ...anAlarm(), ...withoutMetric, Metrics });

    expect((await only(world))?.["Metrics"]).to.deep.equal(Metrics);
  });

  it("keeps the state of an alarm that is put again, and its tags", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm({ Tags: [{ Key: "team", Value: "shop" }] }));
    await world.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "test" });
    await world.call("PutMetricAlarm", anAlarm({ Threshold: 1, Tags: [{ Key: "team", Value: "other" }] }));

    const alarm = await only(world);
    const tags = await world.call("ListTagsForResource", { ResourceARN: alarm?.["AlarmArn"] });
    expect([alarm?.["StateValue"], alarm?.["Threshold"], tags]).to.deep.equal([
      "ALARM",
      1,
      { Tags: [{ Key: "team", Value: "shop" }] },
    ]);
  });

  it("tags and untags", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    const ResourceARN = (await only(world))?.["AlarmArn"];
    await world.call("TagResource", {
      ResourceARN,
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "" },
      ],
    });
    await world.call("UntagResource", { ResourceARN, TagKeys: ["a"] });

    expect(await world.call("ListTagsForResource", { ResourceARN })).to.deep.equal({ Tags: [{ Key: "b", Value: "" }] });
    expect(await world.fault("ListTagsForResource", { ResourceARN: `${String(ResourceARN)}x` })).to.match(
      /^ResourceNotFoundException 404: /,
    );
  });

  /** Changes of a good alarm, and what they are refused with. */
  const refused: readonly (readonly [what: string, changes: Input, fault: RegExp])[] = [
    ["a period of 45 s", { Period: 45 }, /^ValidationError 400: Metric period must be 10, 20, 30/],
    ["more than a day", { Period: 60, EvaluationPeriods: 1441 }, /^ValidationError 400: Metrics cannot be checked/],
    ["M above N", { DatapointsToAlarm: 2 }, /^ValidationError 400: .*DatapointsToAlarm/],
    ["no threshold", { Threshold: undefined }, /^ValidationError 400: .*Threshold/],
    ["a threshold that is no number", { Threshold: "many" }, /^ValidationError 400: .*threshold/],
    ["two statistics", { ExtendedStatistic: "p95" }, /^ValidationError 400: .*Statistic/],
    ["a percentile above 100", { Statistic: undefined, ExtendedStatistic: "p101" }, /^ValidationError 400: /],
    [
      "an unknown operator",
      { ComparisonOperator: "Above" },
      /at 'comparisonOperator' failed .* enum value set: \[Greater/,
    ],
    ["six actions", { AlarmActions: Array(6).fill(topic) }, /^ValidationError 400: .*length less than or equal to 5/],
    [
      "no name",
      { AlarmName: undefined },
      /Value null at 'alarmName' failed to satisfy constraint: Member must not be null/,
    ],
    ["an unknown treatment", { TreatMissingData: "bad" }, /^ValidationError 400: .*treatMissingData/],
    ["anomaly detection", { ThresholdMetricId: "ad" }, /^ValidationError 400: The sandbox has no/],
    [
      "a metric and queries",
      { Metrics: [{ Id: "e", Expression: "1" }] },
      /^ValidationError 400: .*must not be specified/,
    ],
  ];

  for (const [what, changes, fault] of refused) {
    it(`refuses ${what}`, async () => {
      expect(await new WatchedWorld().fault("PutMetricAlarm", anAlarm(changes))).to.match(fault);
    });
  }

  it("refuses queries that are no alarm", async () => {
    const stat = (Period: number) => ({ Metric: { Namespace: "N", MetricName: "m" }, Period, Stat: "Sum" });
    const lists = [
      [
        { Id: "a", MetricStat: stat(60) },
        { Id: "b", MetricStat: stat(60) },
      ],
      [{ Id: "a", MetricStat: stat(60), ReturnData: false }],
      [
        { Id: "a", MetricStat: stat(60), ReturnData: false },
        { Id: "b", MetricStat: stat(300) },
      ],
      [{ Id: "A", MetricStat: stat(60) }],
      [
        { Id: "a", MetricStat: stat(60), ReturnData: false },
        { Id: "e", Expression: "a +" },
      ],
      [
        { Id: "a", MetricStat: stat(60), ReturnData: false },
        { Id: "e", Expression: "b + 1" },
      ],
      [
        { Id: "a", MetricStat: stat(60), ReturnData: false },
        { Id: "e", Expression: "SEARCH('x', 'Sum', 60)" },
      ],
      [{ Id: "a" }],
    ];

    for (const Metrics of lists) {
      const fault = await new WatchedWorld().fault("PutMetricAlarm", { ...anAlarm(), ...withoutMetric, Metrics });
      expect(fault, JSON.stringify(Metrics)).to.match(/^ValidationError 400: /);
    }
  });

  it("finds alarms by prefix, state and action, page by page", async () => {
    const world = new WatchedWorld();
    for (const AlarmName of ["web-1", "web-2", "web-3", "db-1"])
      await world.call("PutMetricAlarm", anAlarm({ AlarmName }));
    await world.call("SetAlarmState", { AlarmName: "web-2", StateValue: "OK", StateReason: "test" });
    const names = ({ MetricAlarms }: Answer): unknown[] =>
      (MetricAlarms as Answer[]).map((alarm) => alarm["AlarmName"]);
    const first = await world.call("DescribeAlarms", { AlarmNamePrefix: "web", MaxRecords: "2" });
    const next = await world.call("DescribeAlarms", {
      AlarmNamePrefix: "web",
      MaxRecords: "2",
      NextToken: first["NextToken"],
    });

    expect({
      first: names(first),
      next: [names(next), next["NextToken"]],
      fine: names(await world.call("DescribeAlarms", { StateValue: "OK" })),
      told: names(await world.call("DescribeAlarms", { ActionPrefix: "arn:aws:sns:us" })),
      token: await world.fault("DescribeAlarms", { NextToken: "nonsense" }),
      metric: names(await world.call("DescribeAlarmsForMetric", { Namespace: "Shop", MetricName: "Load" })).length,
      none: names(await world.call("DescribeAlarmsForMetric", { Namespace: "Shop", MetricName: "Load", Period: 300 })),
    }).to.deep.equal({
      first: ["web-1", "web-2"],
      next: [["web-3"], undefined],
      fine: ["web-2"],
      told: [],
      token: "InvalidNextToken 400: Invalid nextToken",
      metric: 4,
      none: [],
    });
  });

  it("knows no alarm that is not there", async () => {
    const set = { AlarmName: "nobody", StateValue: "OK", StateReason: "test" };
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());

    expect([
      await world.fault("SetAlarmState", set),
      await world.fault("SetAlarmState", { ...set, AlarmName: "high", StateReasonData: "{" }),
      await world.call("DeleteAlarms", { AlarmNames: ["nobody"] }),
    ]).to.deep.equal([
      "ResourceNotFound 404: Alarm nobody does not exist.",
      "InvalidFormat 400: StateReasonData was not valid JSON.",
      {},
    ]);
  });

  it("tells the history of an alarm after it is deleted", async () => {
    const world = new WatchedWorld();
    await world.call("PutMetricAlarm", anAlarm());
    await world.call("DeleteAlarms", { AlarmNames: ["high"] });

    expect([await world.state(), await world.history("high")]).to.deep.equal([
      undefined,
      ['Alarm "high" created', 'Alarm "high" deleted'],
    ]);
  });
});

const withoutMetric = { Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined };
