import { expect } from "chai";
import { Alarms } from "../../../infra/alarms/alarms";
import type { Watched } from "../../../infra/alarms/plan";
import { makeNames } from "../../../infra/naming";
import { recordResources, resourceNamed, resourcesOf, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const targetGroup = (group: string) => ({ LoadBalancer: "app/lb/1", TargetGroup: `targetgroup/${group}/2` });

const watched: readonly Watched<string>[] = [
  {
    scope: "loadBalancer",
    name: "",
    services: ["web"],
    slots: [{ suffix: "", dimensions: { LoadBalancer: "app/lb/1" } }],
  },
  { scope: "targetGroup", name: "web", services: ["web"], slots: [{ suffix: "", dimensions: targetGroup("web") }] },
  { scope: "service", name: "web", services: ["web"], slots: [{ suffix: "", dimensions: { ServiceName: "web" } }] },
];

function make(alarms: object, everything: readonly Watched<string>[] = watched): Alarms {
  const config = stackConfig({ alarms });
  return new Alarms("alarms", { names: makeNames(config, "shop-staging"), config: config.alarms, watched: everything });
}

const topicArn = "arn:aws:sns:eu-central-1:686831565523:alarms-topic";

describe("Alarms", () => {
  it("measures a percentile by its own property and tells the topic of both ends", async () => {
    const resources = await recordResources();

    const rules = [{ rule: "latency-p95", threshold: 0.1, evaluationPeriods: 5, datapointsToAlarm: 3 }];
    const alarms = make({ rules });
    await settled();

    expect(resourceNamed(resources, "alarms-web-latency-p95")).to.deep.include({
      parent: "alarms",
      inputs: {
        name: "shop-staging-web-latency-p95",
        alarmDescription:
          "P2: Response time (p95) of web above 0.1 seconds (3 of 5 x 60 s). One user in twenty waits longer than promised.",
        namespace: "AWS/ApplicationELB",
        metricName: "TargetResponseTime",
        dimensions: targetGroup("web"),
        extendedStatistic: "p95",
        period: 60,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0.1,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        okActions: [topicArn],
      },
    });
    expect(await valueOf(alarms.topicArn)).to.equal(topicArn);
  });

  it("measures a rate by metric math, and no traffic is no error", async () => {
    const resources = await recordResources();

    make({ rules: [{ rule: "error-rate", threshold: 5 }] });
    await settled();

    const { inputs } = resourceNamed(resources, "alarms-web-error-rate");
    const metric = (id: string, metricName: string): object => ({
      id,
      returnData: false,
      metric: { namespace: "AWS/ApplicationELB", metricName, dimensions: targetGroup("web"), period: 60, stat: "Sum" },
    });
    expect(inputs["metricQueries"]).to.deep.equal([
      metric("failed", "HTTPCode_Target_5XX_Count"),
      metric("refused", "TargetConnectionErrorCount"),
      metric("requests", "RequestCount"),
      {
        id: "result",
        returnData: true,
        expression: "100 * (failed + refused) / requests",
        label: "Share of failed requests",
      },
    ]);
    expect([inputs["treatMissingData"], inputs["metricName"], inputs["period"]]).to.deep.equal([
      "notBreaching",
      undefined,
      undefined,
    ]);
  });

  it("takes a service whose targets have vanished for down", async () => {
    const resources = await recordResources();

    make({ rules: [{ rule: "healthy-targets", threshold: 1, evaluationPeriods: 2, severity: "P0" }] });
    await settled();

    expect(resourceNamed(resources, "alarms-web-healthy-targets").inputs).to.deep.include({
      metricName: "HealthyHostCount",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
  });

  it("adds up the healthy targets of two slots", async () => {
    const resources = await recordResources();
    const slots = [
      { suffix: "", dimensions: targetGroup("blue") },
      { suffix: "-green", dimensions: targetGroup("green") },
    ] as const;

    make({ rules: [{ rule: "healthy-targets", threshold: 1 }] }, [
      { scope: "targetGroup", name: "web", services: [], slots },
    ]);
    await settled();

    const queries = resourceNamed(resources, "alarms-web-healthy-targets").inputs["metricQueries"] as {
      expression?: string;
    }[];
    expect(queries.map(({ expression }) => expression)).to.deep.equal([undefined, undefined, "slot1 + slot2"]);
  });

  it("sends mail only to an address that is configured", async () => {
    const resources = await recordResources();

    make({});
    make({ email: "ops@example.com" });
    await settled();

    const subscriptions = resourcesOf(resources, "aws:sns/topicSubscription:TopicSubscription");
    expect(subscriptions.map(({ inputs }) => inputs)).to.deep.equal([
      { topic: topicArn, protocol: "email", endpoint: "ops@example.com" },
    ]);
  });

  it("says which alarms stop a release of which service", async () => {
    await recordResources();

    const rules = ["load-balancer-5xx", "error-rate", "running-below-desired"].map((rule) => ({ rule, threshold: 1 }));
    const { alarmNames, releaseAlarmNames } = make({ rules });
    await settled();

    const [edge, errors, tasks] = ["load-balancer-5xx", "web-error-rate", "web-running-below-desired"].map(
      (name) => `shop-staging-${name}`,
    );
    expect(alarmNames).to.deep.equal([edge, errors, tasks]);
    expect(releaseAlarmNames).to.deep.equal({ web: [edge, errors] });
  });
});
