import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import { checkShift, type LoadBalancerInput } from "../../../sandbox/ecs/shifting/check-shift";
import { shiftPlan, type ShiftConfiguration } from "../../../sandbox/ecs/shifting/shift-plan";
import { shiftedListeners, targetGroupsOfNext } from "../../../sandbox/ecs/shifting/target-groups";

const rule = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/web/1/2/${name}`;

const pair = {
  alternateTargetGroupArn: "tg-b",
  productionListenerRule: rule("production"),
  testListenerRule: rule("test"),
  roleArn: "arn:aws:iam::123456789012:role/ecs",
};

const balanced: readonly LoadBalancerInput[] = [{ targetGroupArn: "tg-a", advancedConfiguration: pair }];

function problemOf(
  configuration: ShiftConfiguration,
  loadBalancers = balanced,
  controller?: string,
): string | undefined {
  try {
    checkShift(configuration, loadBalancers, controller);
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    expect(error.code).to.equal("InvalidParameterException");
    return error.message;
  }
}

describe("the check of a deployment strategy", () => {
  const blueGreen = { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 };

  const fine: readonly ShiftConfiguration[] = [
    blueGreen,
    { strategy: "LINEAR", linearConfiguration: { stepPercent: 3, stepBakeTimeInMinutes: 0 } },
    { strategy: "LINEAR", linearConfiguration: { stepPercent: 33.3, stepBakeTimeInMinutes: 1440 } },
    { strategy: "CANARY", canaryConfiguration: { canaryPercent: 0.1, canaryBakeTimeInMinutes: 10 } },
    { strategy: "ROLLING" },
    {},
  ];
  for (const configuration of fine)
    it(`accepts ${JSON.stringify(configuration)}`, () => {
      expect(problemOf(configuration)).to.equal(undefined);
    });

  const wrong: readonly (readonly [ShiftConfiguration, RegExp])[] = [
    [{ strategy: "SLOWLY" }, /Invalid deployment strategy/],
    [{ strategy: "BLUE_GREEN" }, /bakeTimeInMinutes is required/],
    [{ strategy: "BLUE_GREEN", bakeTimeInMinutes: 1441 }, /bakeTimeInMinutes must be between 0 and 1440/],
    [
      { strategy: "LINEAR", linearConfiguration: { stepPercent: 2.9 } },
      /stepPercent must be a multiple of 0.1 between 3.0/,
    ],
    [{ strategy: "LINEAR", linearConfiguration: { stepPercent: 10.05 } }, /stepPercent must be a multiple of 0.1/],
    [{ strategy: "LINEAR", linearConfiguration: { stepBakeTimeInMinutes: -1 } }, /stepBakeTimeInMinutes must be/],
    [
      { strategy: "CANARY", canaryConfiguration: { canaryPercent: 0 } },
      /canaryPercent must be .* between 0.1 and 100.0/,
    ],
    [{ ...blueGreen, canaryConfiguration: { canaryPercent: 5 } }, /only valid when the deployment strategy is CANARY/],
    [
      { ...blueGreen, lifecycleHooks: [{ targetType: "PAUSE", lifecycleStages: ["TEST_TRAFFIC_SHIFT"] }] },
      /^Invalid lifecycle stage provided for Pause Hook$/,
    ],
    [
      { ...blueGreen, lifecycleHooks: [{ targetType: "SNS", lifecycleStages: ["PRE_SCALE_UP"] }] },
      /^Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE$/,
    ],
    [
      { ...blueGreen, lifecycleHooks: [{ lifecycleStages: ["PRE_SCALE_UP"] }] },
      /hookTargetArn and roleArn are required/,
    ],
    [
      { ...blueGreen, lifecycleHooks: [{ targetType: "PAUSE", lifecycleStages: ["BAKE_TIME"] }] },
      /Invalid lifecycle stage/,
    ],
    [
      {
        ...blueGreen,
        lifecycleHooks: [
          {
            targetType: "PAUSE",
            lifecycleStages: ["PRE_SCALE_UP"],
            timeoutConfiguration: { timeoutInMinutes: 20_161 },
          },
        ],
      },
      /timeoutInMinutes must be between 1 and 20160/,
    ],
  ];
  for (const [configuration, problem] of wrong)
    it(`refuses ${JSON.stringify(configuration)}`, () => {
      expect(problemOf(configuration)).to.match(problem);
    });

  it("wants the other half of every pair", () => {
    const without = (name: keyof typeof pair) =>
      problemOf(blueGreen, [{ targetGroupArn: "tg-a", advancedConfiguration: { ...pair, [name]: undefined } }]);

    expect([without("alternateTargetGroupArn"), without("productionListenerRule"), without("roleArn")]).to.deep.equal([
      "alternateTargetGroupArn is required in advancedConfiguration.",
      "productionListenerRule is required in advancedConfiguration.",
      "roleArn is required in advancedConfiguration.",
    ]);
    expect(without("testListenerRule")).to.equal(undefined);
    expect(problemOf(blueGreen, [{ targetGroupArn: "tg-a" }])).to.equal(
      "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy",
    );
  });

  it("tells a listener from a rule, and test traffic from production", () => {
    const withPair = (changes: Partial<typeof pair>) =>
      problemOf(blueGreen, [{ targetGroupArn: "tg-a", advancedConfiguration: { ...pair, ...changes } }]);
    const listener = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/web/1/2";

    expect(withPair({ productionListenerRule: listener })).to.equal(
      `productionListenerRule has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: ${listener}`,
    );
    expect(withPair({ testListenerRule: pair.productionListenerRule })).to.equal(
      `The following rules cannot be used as both production and test listener rules: ${pair.productionListenerRule}`,
    );
  });

  it("leaves shifting to ECS' own controller", () => {
    expect(problemOf(blueGreen, balanced, "CODE_DEPLOY")).to.match(/requires the ECS deployment controller/);
  });
});

describe("the plan of a shift", () => {
  it("has AWS' defaults", () => {
    const linear = shiftPlan({ strategy: "LINEAR", linearConfiguration: {} });
    const canary = shiftPlan({ strategy: "CANARY" });

    expect(linear?.steps.map(({ percent }) => percent)).to.deep.equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(linear?.steps[0]).to.deep.equal({ percent: 10, bakeMinutes: 6 });
    expect(canary?.steps).to.deep.equal([
      { percent: 5, bakeMinutes: 10 },
      { percent: 100, bakeMinutes: 0 },
    ]);
  });

  it("ends a linear shift at 100 percent, however its steps add up", () => {
    const steps = (stepPercent: number) =>
      shiftPlan({ strategy: "LINEAR", linearConfiguration: { stepPercent } })?.steps.map(({ percent }) => percent);

    expect(steps(33.3)).to.deep.equal([33.3, 66.6, 99.9, 100]);
    expect(steps(40)).to.deep.equal([40, 80, 100]);
    expect(steps(100)).to.deep.equal([100]);
  });

  it("is none for a service that rolls", () => {
    expect(shiftPlan({ strategy: "ROLLING" })).to.equal(undefined);
  });
});

describe("the target groups of a pair", () => {
  const loadBalancers = [{ targetGroupArn: "tg-a", advancedConfiguration: pair }, { targetGroupArn: "tg-plain" }];

  it("take turns, deployment after deployment", () => {
    const first = targetGroupsOfNext(loadBalancers, []);
    const second = targetGroupsOfNext(loadBalancers, first);
    const third = targetGroupsOfNext(loadBalancers, second);

    expect([first, second, third]).to.deep.equal([
      ["tg-a", "tg-plain"],
      ["tg-b", "tg-plain"],
      ["tg-a", "tg-plain"],
    ]);
  });

  it("are blue or green by who is new", () => {
    const rules = { production: pair.productionListenerRule, test: pair.testListenerRule };

    expect(shiftedListeners(loadBalancers, ["tg-b", "tg-plain"])).to.deep.equal([
      { ...rules, blue: "tg-a", green: "tg-b" },
    ]);
    expect(shiftedListeners(loadBalancers, ["tg-a", "tg-plain"])).to.deep.equal([
      { ...rules, blue: "tg-b", green: "tg-a" },
    ]);
  });
});
