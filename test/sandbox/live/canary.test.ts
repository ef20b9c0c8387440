import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  UpdateServiceCommand,
  type ServiceDeployment,
} from "@aws-sdk/client-ecs";
import { CreateRuleCommand, DescribeRulesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { underLoad } from "./load";
import { openShop, targetGroup, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "canary";
const bad = "v2-fault.error-rate.100";

describe("a canary deployment by ECS itself in the sandbox", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;
  let shop: Shop;
  let rule: string;
  let green: string;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000270");
    shop = await openShop(cloud, name, ["v1", bad]);
    green = await targetGroup(cloud, `${name}-green`, shop.vpc);
    const groups = [
      { TargetGroupArn: shop.targetGroupArn, Weight: 1 },
      { TargetGroupArn: green, Weight: 0 },
    ];
    const { Rules } = await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: shop.listenerArn,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
        Actions: [{ Type: "forward", ForwardConfig: { TargetGroups: groups } }],
      }),
    );
    rule = Rules?.[0]?.RuleArn ?? "";
    await cloud.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: "errors",
        Namespace: "AWS/ApplicationELB",
        MetricName: "HTTPCode_Target_5XX_Count",
        Statistic: "Sum",
        Dimensions: [{ Name: "LoadBalancer", Value: shop.loadBalancerArn.split(":loadbalancer/")[1] ?? "" }],
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
      }),
    );
    await shop.serve(await shop.define("v1"), {
      desiredCount: 2,
      deploymentConfiguration: {
        strategy: "CANARY",
        bakeTimeInMinutes: 5,
        canaryConfiguration: { canaryPercent: 25, canaryBakeTimeInMinutes: 10 },
        alarms: { alarmNames: ["errors"], enable: true, rollback: true },
      },
      loadBalancers: [
        {
          targetGroupArn: shop.targetGroupArn,
          containerName: "web",
          containerPort: 8080,
          advancedConfiguration: {
            alternateTargetGroupArn: green,
            productionListenerRule: rule,
            roleArn: `arn:aws:iam::${cloud.account}:role/${name}-execution`,
          },
        },
      ],
    });
    await until("two healthy tasks of v1", (state) => state.healthy("v1") === 2 && state.isSteady);
  });

  it("gives a quarter of the traffic to the new version, and takes it back when an alarm fires", async () => {
    const shares = new Set<number>();
    const watching = await cloud.watch(({ rules }) => {
      const own = rules.find((one) => one.loadBalancer === name && one.priority === "1");
      const [blue = 0, share = 0] = own?.weights.map(({ weight }) => weight) ?? [];
      shares.add(Math.round((100 * share) / Math.max(1, blue + share)));
    });

    const report = await underLoad({ origin: await shop.address(), rps: 100, requests: 2_000 }, async () => {
      const taskDefinition = await shop.define(bad);
      await cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: name, taskDefinition }));
      await until("a failure", (state) => state.has("deployment failed: alarm detected."));
      await until("only v1, steady", (state) => state.versions.join() === "v1" && state.isSteady);
    });
    watching.stop();

    const deployment = await newest();
    const { services: [service] = [] } = await cloud.ecs.send(
      new DescribeServicesCommand({ cluster: name, services: [name] }),
    );
    const share = (report.failures["500"] ?? 0) / report.sent;
    expect({
      shares: [...shares].sort((a, b) => a - b),
      isQuarterAtMost: share > 0 && share < 0.25,
      failures: Object.keys(report.failures),
      status: deployment?.status,
      alarms: deployment?.alarms,
      tasks: service?.deployments?.map(({ status, rolloutState, taskDefinition }) => [
        status,
        rolloutState,
        taskDefinition?.split(":").at(-1),
      ]),
      weights: await weights(),
    }).to.deep.equal({
      shares: [0, 25],
      isQuarterAtMost: true,
      failures: ["500"],
      status: "ROLLBACK_SUCCESSFUL",
      alarms: { status: "TRIGGERED", alarmNames: ["errors"], triggeredAlarmNames: ["errors"] },
      tasks: [["PRIMARY", "COMPLETED", "1"]],
      weights: [100, 0],
    });
  });

  /** Its record is closed a step after the service is steady. */
  const newest = async (): Promise<ServiceDeployment | undefined> => {
    const { serviceDeployments: [first] = [] } = await cloud.ecs.send(
      new ListServiceDeploymentsCommand({ cluster: name, service: name }),
    );
    const { serviceDeployments: [full] = [] } = await cloud.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [first?.serviceDeploymentArn ?? ""] }),
    );
    return full?.status?.endsWith("IN_PROGRESS") ? newest() : full;
  };

  const weights = async (): Promise<unknown> => {
    const { Rules } = await cloud.elb.send(new DescribeRulesCommand({ RuleArns: [rule] }));
    return Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight);
  };

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<unknown> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
});
