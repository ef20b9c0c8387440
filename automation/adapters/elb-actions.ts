import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Route, Weights } from "../model/release/plan";

type Groups = Route["groups"];

/** Whether an action of these splits traffic between the two groups and nothing else. */
export function splitsBetween(actions: readonly Action[], { blue, green }: Groups): boolean {
  const shares = sharesOf(actions);
  return shares.size === 2 && shares.has(blue) && shares.has(green);
}

/**
 * The split in percent. ELB's weights are shares of their sum, 0 to 999. A side that gets anything has 1 percent at
 * least, so that none is taken for idle that is not; both have 0 when ELB sends nothing to either.
 *
 * @returns undefined when the actions forward to neither group
 */
export function percentOf(actions: readonly Action[], groups: Groups): Weights | undefined {
  const shares = sharesOf(actions);
  if (!shares.has(groups.blue) && !shares.has(groups.green)) return undefined;
  const blue = shares.get(groups.blue) ?? 0;
  const green = shares.get(groups.green) ?? 0;
  const sum = blue + green;
  if (sum === 0) return { blue: 0, green: 0 };
  const rounded = Math.round((100 * blue) / sum);
  const percent = blue === 0 ? 0 : green === 0 ? 100 : Math.min(99, Math.max(1, rounded));
  return { blue: percent, green: 100 - percent };
}

/**
 * The actions with these weights between the groups, ready to be sent back; all else is as it was. One that forwards to
 * a single group of the two gets the other as well.
 *
 * @returns undefined when the actions forward to neither group
 */
export function withWeights(actions: readonly Action[], groups: Groups, weights: Weights): Action[] | undefined {
  if (percentOf(actions, groups) === undefined) return undefined;
  return actions.map((action) => (action.Type === "forward" ? forward(action, groups, weights) : sendable(action)));
}

/** Weights by target group. ELB leaves out what is at its default, and a single group needs no `ForwardConfig`. */
function sharesOf(actions: readonly Action[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { Type: type, TargetGroupArn: single, ForwardConfig: config } of actions) {
    if (type !== "forward") continue;
    if (single !== undefined) shares.set(single, 1);
    for (const { TargetGroupArn: arn = "", Weight: weight = 1 } of config?.TargetGroups ?? []) shares.set(arn, weight);
  }
  return shares;
}

/** `TargetGroupArn` must go: beside several groups ELB refuses it. */
function forward({ TargetGroupArn: single, ...action }: Action, groups: Groups, weights: Weights): Action {
  const listed = action.ForwardConfig?.TargetGroups ?? [];
  const before = listed.flatMap(({ TargetGroupArn: arn }) => arn ?? []);
  const others = [...new Set(single === undefined ? before : [...before, single])].filter(
    (arn) => arn !== groups.blue && arn !== groups.green,
  );
  return {
    ...action,
    ForwardConfig: {
      ...action.ForwardConfig,
      TargetGroups: [
        { TargetGroupArn: groups.blue, Weight: weights.blue },
        { TargetGroupArn: groups.green, Weight: weights.green },
        ...others.map((arn) => listed.find((group) => group.TargetGroupArn === arn) ?? { TargetGroupArn: arn }),
      ],
    },
  };
}

/** The secret of a login is never told, so it cannot be sent back: ELB keeps it when asked to (AuthenticateOidcActionConfig). */
function sendable(action: Action): Action {
  const login = action.AuthenticateOidcConfig;
  return login === undefined
    ? action
    : { ...action, AuthenticateOidcConfig: { ...login, UseExistingClientSecret: true } };
}
