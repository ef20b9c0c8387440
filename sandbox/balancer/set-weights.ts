import { AwsFault } from "../model/aws-fault";
import type { Moto } from "../model/moto";
import { scopeOf } from "../model/scope";
import type { ToldAction } from "./door";
import type { Listener, Rule } from "./tables";

/** What an action is made of. */
type Tree = string | number | boolean | null | undefined | readonly Tree[] | { readonly [member: string]: Tree };

/** What the query protocol sends for a tree: lists as `Name.member.1`, objects as `Name.Member`. */
export function flattened(name: string, value: Tree): readonly (readonly [string, string])[] {
  if (value === null || value === undefined) return [];
  if (isList(value)) return value.flatMap((one, index) => flattened(`${name}.member.${index + 1}`, one));
  if (typeof value === "object") return Object.entries(value).flatMap(([key, one]) => flattened(`${name}.${key}`, one));
  return [[name, String(value)]];
}

/** `Array.isArray` does not tell readonly lists from objects. */
const isList = (value: Tree): value is readonly Tree[] => Array.isArray(value);

/** Gives the groups of a forward action new weights, as a deployment does: ModifyRule, or ModifyListener for the default. */
export async function setWeights(
  arn: string,
  weights: Readonly<Record<string, number>>,
  listeners: readonly Listener[],
  moto: Pick<Moto, "query">,
): Promise<void> {
  const rule = ruleOf(arn, listeners);
  const scope = scopeOf(arn);
  if (!rule || !scope) throw new AwsFault("RuleNotFound", "One or more rules not found");
  const isDefault = rule.told.IsDefault;
  const actions = rule.told.Actions.map((action) => (action.Type === "forward" ? weighted(action, weights) : action));
  await moto.query(scope, "elasticloadbalancing", {
    Action: isDefault ? "ModifyListener" : "ModifyRule",
    Version: "2015-12-01",
    ...(isDefault ? { ListenerArn: rule.told.ListenerArn } : { RuleArn: rule.arn }),
    ...Object.fromEntries(flattened(isDefault ? "DefaultActions" : "Actions", actions)),
  });
}

/** A listener's ARN means its default rule. */
const ruleOf = (arn: string, listeners: readonly Listener[]): Rule | undefined =>
  listeners
    .flatMap(({ arn: listenerArn, rules }) => rules.map((rule) => ({ listenerArn, rule })))
    .find(({ listenerArn, rule }) => rule.arn === arn || (listenerArn === arn && rule.told.IsDefault))?.rule;

/** Groups that are there stay, with 0 when they are not named; those that are not there yet are added. */
function weighted(action: ToldAction, weights: Readonly<Record<string, number>>): ToldAction {
  const before = (action.ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []);
  const arns = [...new Set([...before, ...Object.keys(weights)])];
  return {
    Type: action.Type,
    Order: action.Order,
    ForwardConfig: {
      ...action.ForwardConfig,
      TargetGroups: arns.map((arn) => ({ TargetGroupArn: arn, Weight: weights[arn] ?? 0 })),
    },
  };
}
