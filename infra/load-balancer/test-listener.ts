import type * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { LoadBalancerConfig } from "../config/schema";
import { forwardAction, forwardTo, notFound, type ForwardAction } from "./actions";
import { conditionsOf } from "./conditions";
import { testEntrance } from "./entrances";
import type { TestRoute } from "./listener-plan";
import { attachmentName, keyOf, type Attachment } from "./routes";
import type { TargetGroups } from "./target-groups";
import { allOn } from "../releases";

export interface TestListenerArgs {
  readonly config: LoadBalancerConfig;
  readonly routes: readonly TestRoute[];
  readonly targetGroups: TargetGroups;
  readonly loadBalancerArn: pulumi.Input<string>;
  /** `ignoreChanges` of a rule whose split belongs to somebody else by now. */
  readonly owned: (attachment: Attachment) => string[];
}

export interface TestListener {
  readonly resources: readonly pulumi.Resource[];
  /** ARNs of the rules that ECS shifts, by `keyOf` of their attachment. */
  readonly nativeRules: ReadonlyMap<string, pulumi.Output<string>>;
}

/** The listener that reaches each slot by a header. Nothing of it changes with a release, except what ECS itself shifts. */
export function makeTestListener(
  name: string,
  { config, routes, targetGroups, loadBalancerArn, owned }: TestListenerArgs,
  opts: pulumi.CustomResourceOptions,
): TestListener {
  const settings = testEntrance(config);
  if (settings === undefined) return { resources: [], nativeRules: new Map() };
  const listener = new aws.lb.Listener(
    `${name}-test`,
    { ...settings, loadBalancerArn, defaultActions: [notFound] },
    opts,
  );
  const rules = routes.map((route) => {
    const { slot, service, container, priority } = route;
    const action = actionOf(targetGroups[service]?.[container] ?? {}, slot);
    const rule = new aws.lb.ListenerRule(
      `${name}-test-${attachmentName(route)}${slot === null ? "" : `-${slot}`}`,
      {
        listenerArn: listener.arn,
        priority,
        conditions: conditionsOf(route, slot),
        actions: [action],
        tags: { Service: service },
      },
      { ...opts, ignoreChanges: slot === null ? owned(route) : [] },
    );
    return { route, rule };
  });
  const native = rules.filter(({ route }) => route.slot === null);
  return {
    resources: [listener, ...rules.map(({ rule }) => rule)],
    nativeRules: new Map(native.map(({ route, rule }) => [keyOf(route), rule.arn])),
  };
}

function actionOf(groups: TargetGroups[string][string], slot: TestRoute["slot"]): ForwardAction {
  return slot === null ? forwardAction(groups, allOn("blue")) : forwardTo(groups, slot);
}
