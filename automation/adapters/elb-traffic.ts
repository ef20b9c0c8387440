import type { Action, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CloudError } from "../model/cloud-error";
import type { TargetView } from "../model/release/observed";
import type { Route } from "../model/release/plan";
import type { Traffic } from "../ports/traffic";
import { clientConfig, inParts, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";
import { percentOf, splitsBetween, withWeights } from "./elb-actions";

type Elb = Awaited<ReturnType<typeof openElb>>;

async function openElb(options: AwsOptions) {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  return { sdk, client: new sdk.ElasticLoadBalancingV2Client(clientConfig(options)) };
}

/** What DescribeLoadBalancers and DescribeTags take; for listeners and rules the API reference gives no figure. */
const arnsACall = 20;

/** Application Load Balancers by their API. */
export function elbTraffic(options: AwsOptions): Traffic {
  const open = lazily(() => openElb(options));

  return {
    async routesBetween(groups) {
      const elb = await open();
      const listeners = await listenersBehind(elb, Object.values(groups));
      const found = await Promise.all(
        listeners.map(async ({ arn, actions }): Promise<readonly Route[]> => [
          ...(splitsBetween(actions, groups) ? [{ kind: "listener" as const, arn, groups }] : []),
          ...(await rulesOf(elb, { ListenerArn: arn }))
            .filter((rule) => splitsBetween(rule.actions, groups))
            .map((rule) => ({ kind: "rule" as const, arn: rule.arn, groups })),
        ]),
      );
      return found.flat();
    },
    async weights(routes) {
      const actions = await actionsOf(await open(), routes);
      return routes.map((route) => {
        const weights = percentOf(actions.get(route.arn) ?? [], route.groups);
        if (weights === undefined) throw astray(route);
        return { arn: route.arn, weights };
      });
    },
    async setWeights(routes, weights) {
      const elb = await open();
      const actions = await actionsOf(elb, routes);
      const wanted = routes.map((route) => {
        const changed = withWeights(actions.get(route.arn) ?? [], route.groups, weights);
        if (changed === undefined) throw astray(route);
        return { route, changed };
      });
      const sent = await Promise.allSettled(wanted.map(({ route, changed }) => modify(elb, route, changed)));
      const failed = sent.find((result) => result.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    },
    async targets(targetGroup) {
      const { sdk, client } = await open();
      const { TargetHealthDescriptions: targets = [] } = await calling(
        "elasticloadbalancing:DescribeTargetHealth",
        () => client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroup })),
      );
      return targets.map(targetView);
    },
  };
}

/** A target's health; `id` is `<id>:<port>`. */
export function targetView({ Target: target, TargetHealth: health }: TargetHealthDescription): TargetView {
  const { State: state = "unavailable", Reason: reason = "", Description: description = "" } = health ?? {};
  return {
    id: `${target?.Id}:${target?.Port}`,
    // It still finishes what it has, but it is unhealthy all the same.
    state: state === "unhealthy.draining" ? "unhealthy" : state,
    reason: state === "healthy" ? "" : [reason, description].filter((part) => part !== "").join(": "),
  };
}

interface Holder {
  readonly arn: string;
  readonly actions: readonly Action[];
}

async function listenersBehind({ sdk, client }: Elb, groups: readonly string[]): Promise<readonly Holder[]> {
  const { TargetGroups: told = [] } = await calling("elasticloadbalancing:DescribeTargetGroups", () =>
    client.send(new sdk.DescribeTargetGroupsCommand({ TargetGroupArns: [...groups] })),
  );
  const balancers = [...new Set(told.flatMap(({ LoadBalancerArns: arns = [] }) => arns))];
  const lists = balancers.map((arn) => listenersOf({ sdk, client }, { LoadBalancerArn: arn }));
  return (await Promise.all(lists)).flat();
}

const listenersOf = (
  { sdk, client }: Elb,
  asked: { readonly LoadBalancerArn: string } | { readonly ListenerArns: string[] },
): Promise<readonly Holder[]> =>
  calling("elasticloadbalancing:DescribeListeners", async () => {
    const found: Holder[] = [];
    for await (const { Listeners: page = [] } of sdk.paginateDescribeListeners({ client }, asked))
      found.push(...page.map(({ ListenerArn: arn = "", DefaultActions: actions = [] }) => ({ arn, actions })));
    return found;
  });

/** Without default rules: those are the listeners' own actions. */
const rulesOf = (
  { sdk, client }: Elb,
  asked: { readonly ListenerArn: string } | { readonly RuleArns: string[] },
): Promise<readonly Holder[]> =>
  calling("elasticloadbalancing:DescribeRules", async () => {
    const found: Holder[] = [];
    for await (const { Rules: page = [] } of sdk.paginateDescribeRules({ client }, asked))
      found.push(
        ...page
          .filter(({ IsDefault: isDefault }) => isDefault !== true)
          .map(({ RuleArn: arn = "", Actions: actions = [] }) => ({ arn, actions })),
      );
    return found;
  });

/** What the routes do now, by ARN. */
async function actionsOf(elb: Elb, routes: readonly Route[]): Promise<ReadonlyMap<string, readonly Action[]>> {
  const arns = (kind: Route["kind"]) => [...new Set(routes.filter((one) => one.kind === kind).map(({ arn }) => arn))];
  const holders = await Promise.all([
    ...inParts(arns("listener"), arnsACall).map((ListenerArns) =>
      listenersOf(elb, { ListenerArns: [...ListenerArns] }),
    ),
    ...inParts(arns("rule"), arnsACall).map((RuleArns) => rulesOf(elb, { RuleArns: [...RuleArns] })),
  ]);
  return new Map(holders.flat().map(({ arn, actions }) => [arn, actions]));
}

async function modify({ sdk, client }: Elb, { kind, arn }: Route, actions: Action[]): Promise<void> {
  switch (kind) {
    case "listener":
      await calling("elasticloadbalancing:ModifyListener", () =>
        client.send(new sdk.ModifyListenerCommand({ ListenerArn: arn, DefaultActions: actions })),
      );
      return;
    case "rule":
      await calling("elasticloadbalancing:ModifyRule", () =>
        client.send(new sdk.ModifyRuleCommand({ RuleArn: arn, Actions: actions })),
      );
  }
}

/** Somebody has changed the listener: to give it weights would move traffic that is none of ours. */
const astray = ({ kind, arn, groups }: Route): CloudError =>
  new CloudError(
    "refused",
    kind === "rule" ? "elasticloadbalancing:DescribeRules" : "elasticloadbalancing:DescribeListeners",
    "ActionChanged",
    `The ${kind} ${arn} forwards neither to ${groups.blue} nor to ${groups.green}.`,
  );
