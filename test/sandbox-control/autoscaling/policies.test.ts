import { expect } from "chai";
import type { Answer } from "../../../sandbox/model/service-api";
import { cpuPolicy, memoryPolicy, refusal, setUp, target } from "./scaling-world";

async function registered() {
  const world = setUp();
  await world.ask("RegisterScalableTarget", { ...target, MinCapacity: 1, MaxCapacity: 10 });
  return world;
}

const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** A policy with other settings of its configuration. */
const cpuWith = (changes: object) => ({
  ...cpuPolicy,
  TargetTrackingScalingPolicyConfiguration: { ...cpuPolicy.TargetTrackingScalingPolicyConfiguration, ...changes },
});

describe("a target tracking policy", () => {
  it("has the alarms that AWS makes", async () => {
    const { ask, cloudWatch } = await registered();
    const answer = await ask("PutScalingPolicy", cpuPolicy);
    const { PolicyARN } = answer;
    const names = (answer["Alarms"] as Answer[]).map(({ AlarmName }) => String(AlarmName));
    const common = {
      Namespace: "AWS/ECS",
      MetricName: "CPUUtilization",
      Statistic: "Average",
      Unit: "Percent",
      Period: 60,
      Dimensions: [
        { Name: "ClusterName", Value: "main" },
        { Name: "ServiceName", Value: "web" },
      ],
      ActionsEnabled: true,
      AlarmActions: [PolicyARN],
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${String(PolicyARN)}.`,
    };

    expect(PolicyARN).to.match(
      new RegExp(
        `^arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:${uuid}:resource/ecs/service/main/web:policyName/cpu$`,
      ),
    );
    expect(names[0]).to.match(new RegExp(`^TargetTracking-service/main/web-AlarmHigh-${uuid}$`));
    expect(names[1]).to.match(new RegExp(`^TargetTracking-service/main/web-AlarmLow-${uuid}$`));
    expect([...cloudWatch.alarms.values()]).to.deep.equal([
      {
        ...common,
        AlarmName: names[0],
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 3,
        Threshold: 50,
      },
      { ...common, AlarmName: names[1], ComparisonOperator: "LessThanThreshold", EvaluationPeriods: 15, Threshold: 45 },
    ]);
    expect((answer["Alarms"] as Answer[])[0]?.["AlarmARN"]).to.equal(
      `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${names[0]}`,
    );
  });

  it("keeps its ARN and its alarms when it is put again, and loses AlarmLow when it may not scale in", async () => {
    const { ask, cloudWatch } = await registered();
    const first = await ask("PutScalingPolicy", cpuPolicy);
    const second = await ask("PutScalingPolicy", cpuWith({ TargetValue: 70 }));
    const third = await ask("PutScalingPolicy", cpuWith({ TargetValue: 70, DisableScaleIn: true }));

    expect(second).to.deep.equal(first);
    expect(third).to.deep.equal({ ...first, Alarms: (first["Alarms"] as Answer[]).slice(0, 1) });
    expect([...cloudWatch.alarms.values()].map(({ Threshold }) => Threshold)).to.deep.equal([70]);
  });

  it("is told with its alarms", async () => {
    const { ask } = await registered();
    const { PolicyARN, Alarms } = await ask("PutScalingPolicy", cpuPolicy);
    await ask("PutScalingPolicy", memoryPolicy);

    const answer = await ask("DescribeScalingPolicies", { ServiceNamespace: "ecs", PolicyNames: ["cpu"] });
    expect(JSON.parse(JSON.stringify(answer))).to.deep.equal({
      ScalingPolicies: [
        {
          ...target,
          PolicyARN,
          PolicyName: "cpu",
          PolicyType: "TargetTrackingScaling",
          TargetTrackingScalingPolicyConfiguration: cpuPolicy.TargetTrackingScalingPolicyConfiguration,
          Alarms,
          CreationTime: "2026-01-01T00:00:00.000Z",
        },
      ],
    });
  });

  it("can track requests of a load balancer, and metrics of one's own", async () => {
    const { ask, cloudWatch } = await registered();
    const label = "app/web/50dc6c495c0c9188/targetgroup/blue/943f017f100becff";
    const predefined = { PredefinedMetricType: "ALBRequestCountPerTarget", ResourceLabel: label };
    await ask("PutScalingPolicy", {
      ...cpuWith({ PredefinedMetricSpecification: predefined }),
      PolicyName: "requests",
    });
    const customized = { MetricName: "Backlog", Namespace: "Shop", Statistic: "Average" };
    const own = { PredefinedMetricSpecification: undefined, CustomizedMetricSpecification: customized };
    await ask("PutScalingPolicy", { ...cpuWith(own), PolicyName: "backlog" });

    const metrics = [...cloudWatch.alarms.values()].map(({ Namespace, MetricName, Statistic, Dimensions }) => ({
      Namespace,
      MetricName,
      Statistic,
      Dimensions,
    }));
    expect([metrics[0], metrics[2]]).to.deep.equal([
      {
        Namespace: "AWS/ApplicationELB",
        MetricName: "RequestCountPerTarget",
        Statistic: "Sum",
        Dimensions: [
          { Name: "LoadBalancer", Value: "app/web/50dc6c495c0c9188" },
          { Name: "TargetGroup", Value: "targetgroup/blue/943f017f100becff" },
        ],
      },
      { ...customized, Dimensions: undefined },
    ]);
  });

  it("goes with its alarms", async () => {
    const { ask, cloudWatch } = await registered();
    await ask("PutScalingPolicy", cpuPolicy);
    await ask("DeleteScalingPolicy", cpuPolicy);

    expect(cloudWatch.alarms.size).to.equal(0);
    expect(await refusal(ask("DeleteScalingPolicy", cpuPolicy))).to.equal(
      "ObjectNotFoundException: No scaling policy found for service namespace: ecs, resource ID: service/main/web, scalable dimension: ecs:service:DesiredCount, policy name: cpu",
    );
  });

  it("needs a target", async () => {
    expect(await refusal(setUp().ask("PutScalingPolicy", cpuPolicy))).to.equal(
      "ObjectNotFoundException: No scalable target registered for service namespace: ecs, resource ID: service/main/web, scalable dimension: ecs:service:DesiredCount",
    );
  });

  it("is the only one of its metric", async () => {
    const { ask } = await registered();
    await ask("PutScalingPolicy", cpuPolicy);

    expect(await refusal(ask("PutScalingPolicy", { ...cpuPolicy, PolicyName: "other" }))).to.equal(
      "ValidationException: Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    );
  });

  const malformed: readonly object[] = [
    { ...cpuPolicy, PolicyType: undefined },
    { ...cpuPolicy, PolicyType: "Sometimes" },
    { ...cpuPolicy, TargetTrackingScalingPolicyConfiguration: undefined },
    { ...cpuPolicy, PolicyName: "" },
    cpuWith({ TargetValue: "50" }),
    cpuWith({ TargetValue: 0 }),
    cpuWith({ ScaleInCooldown: -1 }),
    cpuWith({ PredefinedMetricSpecification: undefined }),
    cpuWith({ PredefinedMetricSpecification: { PredefinedMetricType: "DynamoDBReadCapacityUtilization" } }),
    cpuWith({
      PredefinedMetricSpecification: { PredefinedMetricType: "ALBRequestCountPerTarget", ResourceLabel: "web" },
    }),
    cpuWith({ CustomizedMetricSpecification: { MetricName: "Backlog", Namespace: "Shop", Statistic: "Average" } }),
  ];
  for (const wrong of malformed)
    it(`is refused as ${JSON.stringify(wrong).slice(100)}`, async () => {
      const { ask } = await registered();

      expect(await refusal(ask("PutScalingPolicy", { ...wrong }))).to.match(/^ValidationException: /);
    });

  it("of steps is kept as it was put", async () => {
    const { ask, cloudWatch } = await registered();
    const StepScalingPolicyConfiguration = {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    };
    await ask("PutScalingPolicy", { ...target, PolicyName: "steps", StepScalingPolicyConfiguration });

    const { ScalingPolicies } = await ask("DescribeScalingPolicies", { ServiceNamespace: "ecs" });
    const [policy] = JSON.parse(JSON.stringify(ScalingPolicies)) as Answer[];
    expect(policy).to.deep.include({ PolicyType: "StepScaling", Alarms: [], StepScalingPolicyConfiguration });
    expect(cloudWatch.alarms.size).to.equal(0);
  });
});
