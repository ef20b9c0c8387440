import type { RuleSnapshot } from "../model/snapshot";
import type { ToldCondition } from "./door";
import type { Listener, Rule } from "./tables";

/** The rules of a listener as the page shows them. */
export const ruleSnapshots = (listener: Listener, address: string): readonly RuleSnapshot[] =>
  listener.rules.map((rule) => ({
    loadBalancer: listener.balancer.name,
    address,
    port: listener.port,
    priority: rule.priority,
    conditions: rule.told.Conditions.map(conditionText),
    ...actionOf(rule),
  }));

function actionOf({ action }: Rule): Pick<RuleSnapshot, "action" | "weights"> {
  switch (action.kind) {
    case "forward":
      return {
        weights: action.groups.map(({ item, weight }) => ({
          group: item.settings.name,
          weight,
          healthy: item.healthy,
          registered: item.registered.length,
        })),
      };
    case "redirect":
      return { action: "redirect", weights: [] };
    case "fixed-response":
    case "refused":
      return { action: `${action.kind} ${action.status}`, weights: [] };
  }
}

function conditionText(told: ToldCondition): string {
  const values = (config: { readonly Values: readonly string[] } | null | undefined): string =>
    (config?.Values ?? told.Values ?? []).join(", ");
  switch (told.Field) {
    case "host-header":
      return `host ${values(told.HostHeaderConfig)}`;
    case "path-pattern":
      return `path ${values(told.PathPatternConfig)}`;
    case "http-header":
      return `header ${told.HttpHeaderConfig?.HttpHeaderName ?? ""} ${values(told.HttpHeaderConfig)}`;
    case "http-request-method":
      return `method ${values(told.HttpRequestMethodConfig)}`;
    case "source-ip":
      return `source ${values(told.SourceIpConfig)}`;
    default:
      return `query ${(told.QueryStringConfig?.Values ?? []).map(({ Key, Value }) => (Key ? `${Key}=${Value}` : Value)).join(", ")}`;
  }
}
