import { expect } from "chai";
import { BalancerWorld } from "./balancer-world";
import { forwardTo, groupArn, listenerArn, ruleArn, scope, type Wanted } from "./told-cloud";

const blue = groupArn("blue");
const green = groupArn("green");
const used: Wanted = { listeners: [{ weights: { blue: 1 } }], groups: { blue: {}, green: {} } };

describe("Targets", () => {
  let world: BalancerWorld;
  beforeEach(async () => {
    const agreed = () => ({});
    world = new BalancerWorld(
      {},
      { "elasticloadbalancing.ModifyRule": agreed, "elasticloadbalancing.ModifyListener": agreed },
    );
    await world.set(used);
  });
  afterEach(() => world.close());

  describe("setWeights", () => {
    it("modifies the rule with all of its groups, 0 for those that are not named, and routes by it", async () => {
      await world.set({
        listeners: [
          {
            weights: { blue: 1 },
            rules: [{ priority: 3, conditions: [], actions: [forwardTo({ blue: 100, green: 0 }, 60)] }],
          },
        ],
        groups: { blue: {}, green: {} },
      });
      world.moto.calls.length = 0;
      await world.balancer.targets.setWeights(ruleArn(3), { [green]: 100 });
      const group = "Actions.member.1.ForwardConfig.TargetGroups.member";
      const sticky = "Actions.member.1.ForwardConfig.TargetGroupStickinessConfig";
      expect(world.moto.calls).to.deep.equal([
        {
          name: "elasticloadbalancing.ModifyRule",
          scope,
          input: {
            Action: "ModifyRule",
            Version: "2015-12-01",
            RuleArn: ruleArn(3),
            "Actions.member.1.Type": "forward",
            [`${group}.1.TargetGroupArn`]: blue,
            [`${group}.1.Weight`]: "0",
            [`${group}.2.TargetGroupArn`]: green,
            [`${group}.2.Weight`]: "100",
            [`${sticky}.Enabled`]: "true",
            [`${sticky}.DurationSeconds`]: "60",
          },
        },
        { name: "/slipway/balancers", input: scope },
      ]);
    });

    for (const arn of [listenerArn(), ruleArn("default")]) {
      it(`modifies the listener for ${arn.split(":").at(-1)?.split("/")[0]} that means its default action`, async () => {
        await world.balancer.targets.setWeights(arn, { [blue]: 0, [green]: 100 });
        const [call] = world.moto.calls.filter(({ name }) => name !== "/slipway/balancers");
        expect([
          call?.name,
          call?.input["ListenerArn"],
          call?.input["DefaultActions.member.1.ForwardConfig.TargetGroups.member.2.Weight"],
        ]).to.deep.equal(["elasticloadbalancing.ModifyListener", listenerArn(), "100"]);
      });
    }

    it("refuses a rule that does not exist", async () => {
      const code = await world.balancer.targets.setWeights(ruleArn(99), {}).then(
        () => "no error",
        (error: { code: string }) => error.code,
      );
      expect(code).to.equal("RuleNotFound");
    });
  });
});
