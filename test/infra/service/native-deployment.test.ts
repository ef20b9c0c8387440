import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { makeNames } from "../../../infra/naming";
import { initialRelease } from "../../../infra/releases";
import { nativeDeployment, type NativeArgs } from "../../../infra/service/native-deployment";
import { FargateService } from "../../../infra/service/service";
import { recordResources, resourceNamed, resourcesOf, settled } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const rule = (name: string) => pulumi.output(`arn:aws:rule/${name}`);
const rules = { web: { production: rule("main"), test: rule("test") } };
const loadBalancer = { healthCheck: { path: "/health" } };

const configured = (release: object) => {
  const { shop } = stackConfig({
    services: {
      shop: { release, containers: { web: { image: { repository: "shop" }, port: 8080, loadBalancer } } },
    },
  }).services;
  if (shop === undefined) throw new Error("no service shop");
  return shop;
};

const told = (release: object, native: NativeArgs | undefined = { rules, alarmNames: [] }) =>
  nativeDeployment(configured({ controller: "ecs", ...release }), native);

describe("nativeDeployment", () => {
  it("bakes a blue-green deployment as long as its step", () => {
    expect(told({ strategy: "blue-green" })).to.deep.equal({
      deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" },
    });
  });

  it("gives a canary the share and the bake of its first step", () => {
    const steps = [
      { percent: 5, bakeSeconds: 0 },
      { percent: 100, bakeSeconds: 60 },
    ];

    expect(told({ strategy: "canary", steps })).to.deep.equal({
      deploymentConfiguration: {
        strategy: "CANARY",
        canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: "0" },
        bakeTimeInMinutes: "1",
      },
    });
  });

  it("gives a linear deployment the size of a step", () => {
    expect(told({ strategy: "linear" })).to.deep.equal({
      deploymentConfiguration: {
        strategy: "LINEAR",
        linearConfiguration: { stepPercent: 20, stepBakeTimeInMinutes: "2" },
        bakeTimeInMinutes: "2",
      },
    });
  });

  for (const [what, pause, native, stage] of [
    ["after the test traffic where there is some", {}, { rules, alarmNames: [] }, "POST_TEST_TRAFFIC_SHIFT"],
    [
      "once the tasks are up where there is none",
      {},
      { rules: { web: { production: rule("main") } }, alarmNames: [] },
      "POST_SCALE_UP",
    ],
    ["after the shift", { at: "after-shift" }, { rules, alarmNames: [] }, "POST_PRODUCTION_TRAFFIC_SHIFT"],
  ] as const) {
    it(`pauses ${what}`, () => {
      const { deploymentConfiguration } = told({ strategy: "blue-green", pause }, native);
      expect(deploymentConfiguration).to.deep.include({
        lifecycleHooks: [
          {
            targetType: "PAUSE",
            lifecycleStages: [stage],
            timeoutConfiguration: { timeoutInMinutes: "1440", action: "ROLLBACK" },
          },
        ],
      });
    });
  }

  it("goes on after a pause when that is asked for", () => {
    const pause = { timeoutMinutes: 5, otherwise: "continue" };
    expect(JSON.stringify(told({ strategy: "blue-green", pause }))).to.contain(
      '"timeoutConfiguration":{"timeoutInMinutes":"5","action":"CONTINUE"}',
    );
  });

  it("ends a deployment by the service's own alarms and the further ones, each once", () => {
    const alarmNames = ["shop-errors", "shop-slow"];
    expect(told({ strategy: "blue-green", alarms: ["a", "shop-slow"] }, { rules, alarmNames }).alarms).to.deep.equal({
      alarmNames: ["a", "shop-errors", "shop-slow"],
      enable: true,
      rollback: true,
    });
  });

  it("leaves a failed deployment as it is only where configuration says never", () => {
    const rollbacks = ["auto", "ask", "never"].map((rollback) => {
      const alarms = told({ strategy: "blue-green", rollback, alarms: ["a"] }).alarms;
      return (alarms as { rollback: boolean }).rollback;
    });
    expect(rollbacks).to.deep.equal([true, true, false]);
  });

  it("says nothing of a service that the driver shifts, or that rolls", () => {
    expect(nativeDeployment(configured({ strategy: "canary" }), undefined)).to.deep.equal({});
    expect(nativeDeployment(configured({}), undefined)).to.deep.equal({});
  });
});

describe("a service that ECS shifts", () => {
  const group = (name: string) => ({ arn: pulumi.output(`arn:aws:${name}`), arnSuffix: pulumi.output(name) });

  async function make(native: NativeArgs = { rules, alarmNames: ["shop-errors"] }) {
    const resources = await recordResources();
    const config = stackConfig({ services: {} });
    const shop = configured({ strategy: "canary", controller: "ecs" });
    new FargateService("shop", {
      names: makeNames(config, "shop-staging"),
      config: shop,
      release: initialRelease(shop),
      accountId: "686831565523",
      region: "eu-central-1",
      clusterArn: "arn:cluster",
      clusterName: "shop-staging-cluster",
      subnetIds: ["subnet-1"],
      securityGroupId: "sg-1",
      targetGroups: { web: { blue: group("blue"), green: group("green") } },
      native,
      secretArns: {},
      logRetentionDays: 14,
      after: [],
    });
    await settled();
    return resources;
  }

  it("is one service with two target groups, its rules and a role for them", async () => {
    const resources = await make();

    expect(resourcesOf(resources, "aws:ecs/service:Service").map(({ name }) => name)).to.deep.equal(["shop-service"]);
    expect(resourceNamed(resources, "shop-service").inputs).to.deep.include({
      desiredCount: 1,
      alarms: { alarmNames: ["shop-errors"], enable: true, rollback: true },
      deploymentConfiguration: {
        strategy: "CANARY",
        canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "10" },
        bakeTimeInMinutes: "5",
      },
      loadBalancers: [
        {
          targetGroupArn: "arn:aws:blue",
          containerName: "web",
          containerPort: 8080,
          advancedConfiguration: {
            alternateTargetGroupArn: "arn:aws:green",
            productionListenerRule: "arn:aws:rule/main",
            testListenerRule: "arn:aws:rule/test",
            roleArn: "arn:aws:iam::686831565523:role/shop-shifting-role",
          },
        },
      ],
    });
  });

  it("lets ECS alone, for this account, take the role of AWS' own policy", async () => {
    const resources = await make();

    const { assumeRolePolicy } = resourceNamed(resources, "shop-shifting-role").inputs;
    expect(JSON.parse(String(assumeRolePolicy))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Principal: { Service: "ecs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "686831565523" },
            ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-central-1:686831565523:*" },
          },
        },
      ],
    });
    expect(resourceNamed(resources, "shop-shifting-policy").inputs).to.deep.include({
      policyArn: "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
    });
  });

  it("names no test rule where there is no test listener", async () => {
    const resources = await make({ rules: { web: { production: rule("main") } }, alarmNames: [] });

    const { loadBalancers, alarms } = resourceNamed(resources, "shop-service").inputs;
    expect(JSON.stringify(loadBalancers)).not.to.contain("testListenerRule");
    expect(alarms).to.equal(undefined);
  });
});
