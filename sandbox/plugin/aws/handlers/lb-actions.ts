import type {
  Action,
  ActionTypeEnum,
  FixedResponseActionConfig,
  ForwardActionConfig,
  RedirectActionConfig,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { askedFor } from "../settle";

/** An action of a listener or a rule, in Pulumi's names. */
export interface LbAction {
  readonly type: ActionTypeEnum;
  readonly order?: number;
  /** The short form of a forward to one group. */
  readonly targetGroupArn?: string;
  readonly forward?: {
    readonly targetGroups: readonly { readonly arn: string; readonly weight?: number }[];
    readonly stickiness?: { readonly duration: number; readonly enabled?: boolean };
  };
  readonly redirect?: {
    readonly statusCode: string;
    readonly host?: string;
    readonly path?: string;
    readonly port?: string;
    readonly protocol?: string;
    readonly query?: string;
  };
  readonly fixedResponse?: {
    readonly contentType: string;
    readonly messageBody?: string;
    readonly statusCode?: string;
  };
}

/** Actions as the AWS API takes them. */
export function toActions(actions: readonly LbAction[]): Action[] {
  return actions.map((action) => ({
    Type: action.type,
    Order: action.order,
    TargetGroupArn: action.forward ? undefined : action.targetGroupArn,
    ForwardConfig: action.forward && toForward(action.forward),
    RedirectConfig: action.redirect && toRedirect(action.redirect),
    FixedResponseConfig: action.fixedResponse && toFixedResponse(action.fixedResponse),
  }));
}

/**
 * Actions in Pulumi's names. AWS tells a forward to one group both ways, and numbers what came without a number;
 * `known` says which wording was asked for.
 */
export function fromActions(
  actions: readonly Action[] | undefined,
  known: readonly LbAction[] | undefined,
): readonly object[] {
  return (actions ?? []).map((action, index) => {
    const asked = known?.[index];
    const told = {
      type: action.Type,
      order: asked && asked.order === undefined ? undefined : action.Order,
      ...(action.Type === "forward" ? fromForward(action, asked) : {}),
      redirect: action.RedirectConfig && askedFor(asked?.redirect, fromRedirect(action.RedirectConfig)),
      fixedResponse: action.FixedResponseConfig && fromFixedResponse(action.FixedResponseConfig),
    };
    return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  });
}

function toForward({ targetGroups, stickiness }: NonNullable<LbAction["forward"]>): ForwardActionConfig {
  return {
    TargetGroups: targetGroups.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
    ...(stickiness
      ? { TargetGroupStickinessConfig: { Enabled: stickiness.enabled ?? false, DurationSeconds: stickiness.duration } }
      : {}),
  };
}

function fromForward(action: Action, asked: LbAction | undefined): Partial<LbAction> {
  const groups = (action.ForwardConfig?.TargetGroups ?? []).map(({ TargetGroupArn, Weight }) => ({
    arn: TargetGroupArn ?? "",
    weight: Weight ?? 1,
  }));
  const onlyArn = action.TargetGroupArn ?? (groups.length === 1 ? groups[0]?.arn : undefined);
  if (!asked?.forward && onlyArn && groups.length <= 1) return { targetGroupArn: onlyArn };
  const told = groups.length > 0 ? groups : [{ arn: onlyArn ?? "", weight: 1 }];
  const sticky = action.ForwardConfig?.TargetGroupStickinessConfig;
  const stickiness = { enabled: sticky?.Enabled ?? false, duration: sticky?.DurationSeconds ?? 0 };
  const withSticky = sticky?.Enabled || asked?.forward?.stickiness ? { stickiness: unstuck(stickiness, asked) } : {};
  return { forward: { targetGroups: told, ...withSticky } };
}

/** Without stickiness its duration means nothing, and AWS forgets it. */
function unstuck(found: { readonly enabled: boolean; readonly duration: number }, asked: LbAction | undefined) {
  const known = asked?.forward?.stickiness;
  return found.enabled || !known ? found : { enabled: false, duration: known.duration };
}

function toRedirect(redirect: NonNullable<LbAction["redirect"]>): RedirectActionConfig {
  return {
    StatusCode: redirect.statusCode as RedirectActionConfig["StatusCode"],
    Host: redirect.host,
    Path: redirect.path,
    Port: redirect.port,
    Protocol: redirect.protocol,
    Query: redirect.query,
  };
}

function fromRedirect(redirect: RedirectActionConfig): NonNullable<LbAction["redirect"]> {
  return {
    statusCode: redirect.StatusCode ?? "",
    host: redirect.Host ?? "#{host}",
    path: redirect.Path ?? "/#{path}",
    port: redirect.Port ?? "#{port}",
    protocol: redirect.Protocol ?? "#{protocol}",
    query: redirect.Query ?? "#{query}",
  };
}

function toFixedResponse(response: NonNullable<LbAction["fixedResponse"]>): FixedResponseActionConfig {
  return { ContentType: response.contentType, MessageBody: response.messageBody, StatusCode: response.statusCode };
}

function fromFixedResponse(response: FixedResponseActionConfig) {
  return { contentType: response.ContentType, messageBody: response.MessageBody, statusCode: response.StatusCode };
}
