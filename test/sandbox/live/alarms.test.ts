import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  GetMetricDataCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { underLoad } from "./load";
import { openShop, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "alarmed";

describe("alarms of the sandbox", function () {
  this.timeout(180_000);
  let cloud: LiveCloud;
  let shop: Shop;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000020");
    shop = await openShop(cloud, name, ["v1", "v2-fault.error-rate.50"]);
    await cloud.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: "failing",
        Namespace: "AWS/ApplicationELB",
        MetricName: "HTTPCode_Target_5XX_Count",
        Statistic: "Sum",
        Dimensions: [
          { Name: "TargetGroup", Value: suffix(shop.targetGroupArn) },
          { Name: "LoadBalancer", Value: suffix(shop.loadBalancerArn).replace("loadbalancer/", "") },
        ],
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
      }),
    );
    await cloud.cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: "release", AlarmRule: "ALARM(failing)" }));
    await shop.serve(await shop.define("v1"), {
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        alarms: { alarmNames: ["failing"], enable: true, rollback: true },
      },
    });
    await until("three healthy tasks of v1", (state) => state.healthy("v1") === 3 && state.isSteady);
  });

  it("fire on the errors that a new version answers, whereupon ECS takes the version back", async () => {
    const bad = await shop.define("v2-fault.error-rate.50");

    const report = await underLoad({ origin: await shop.address(), rps: 200, requests: 4_000 }, async () => {
      await cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: name, taskDefinition: bad }));
      await until("a rollback", (state) => state.has("deployment failed: alarm detected."));
      await until("v1 again, steady", (state) => state.healthy("v1") === 3 && state.isSteady);
    });

    expect(Object.keys(report.failures)).to.deep.equal(["500"]);
    const { AlarmHistoryItems = [] } = await cloud.cloudWatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: "failing", HistoryItemType: "StateUpdate" }),
    );
    expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).to.include("Alarm updated from OK to ALARM");
    const composite = await cloud.cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: "release",
        AlarmTypes: ["CompositeAlarm"],
        HistoryItemType: "StateUpdate",
      }),
    );
    expect(composite.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).to.include(
      "Alarm updated from OK to ALARM",
    );
  });

  it("have numbers to read: requests by target group, none of them lost", async () => {
    const report = await underLoad({ origin: await shop.address(), rps: 100, requests: 500 }, async () => undefined);
    // What a second has brought is counted at its end.
    await cloud.until("the end of the traffic", ({ traffic }) => traffic.perSecond === 0);

    const { now } = (await cloud.control("GET", "clock")) as { now: string };
    const { MetricDataResults } = await cloud.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.parse(now) - 3 * 3_600_000),
        EndTime: new Date(Date.parse(now) + 120_000),
        MetricDataQueries: [
          {
            Id: "requests",
            MetricStat: {
              Metric: {
                Namespace: "AWS/ApplicationELB",
                MetricName: "RequestCount",
                Dimensions: [
                  { Name: "LoadBalancer", Value: suffix(shop.loadBalancerArn).replace("loadbalancer/", "") },
                ],
              },
              Period: 60,
              Stat: "Sum",
            },
          },
        ],
      }),
    );
    const counted = (MetricDataResults?.[0]?.Values ?? []).reduce((sum, value) => sum + value, 0);
    expect(report.sent).to.equal(500);
    expect(counted).to.equal(4_500);
  });

  after(async () => {
    if (endpoint !== undefined)
      await cloud.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ["release", "failing"] }));
  });

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<unknown> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
});

/** `arn:...:targetgroup/name/id` -> `targetgroup/name/id` */
const suffix = (arn: string): string => arn.split(":").at(-1) ?? "";
