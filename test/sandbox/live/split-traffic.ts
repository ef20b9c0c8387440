import { CreateListenerCommand, CreateRuleCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Route } from "../../../automation/model/release/plan";
import type { LiveCloud } from "./live-cloud";
import { targetGroup, type Shop } from "./shop";

/**
 * A second group beside the shop's, and two places that split between them: all on blue as the default of a listener on
 * 8080, and 1 to 3 in a rule for /api on 80.
 */
export async function splitTraffic(
  cloud: LiveCloud,
  shop: Shop,
): Promise<{ readonly groups: Route["groups"]; readonly ruleArn: string }> {
  const groups = { blue: shop.targetGroupArn, green: await targetGroup(cloud, `${shop.name}-green`, shop.vpc) };
  const forward = (blue: number, green: number) => ({
    Type: "forward" as const,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: groups.blue, Weight: blue },
        { TargetGroupArn: groups.green, Weight: green },
      ],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 300 },
    },
  });
  await cloud.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: shop.loadBalancerArn,
      Port: 8080,
      Protocol: "HTTP",
      DefaultActions: [forward(100, 0)],
    }),
  );
  const rule = await cloud.elb.send(
    new CreateRuleCommand({
      ListenerArn: shop.listenerArn,
      Priority: 10,
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/api/*"] } }],
      Actions: [forward(1, 3)],
    }),
  );
  return { groups, ruleArn: rule.Rules?.[0]?.RuleArn ?? "" };
}
