import type * as aws from "../aws";
import type { Slot } from "../releases";
import { slotHeader } from "./listener-plan";
import type { Route } from "./routes";

/**
 * Conditions of a route's rule.
 *
 * @param slot what the header of the test listener must say; null without a header
 */
export function conditionsOf(
  { paths, hosts }: Pick<Route, "paths" | "hosts">,
  slot: Slot | null = null,
): aws.types.input.lb.ListenerRuleCondition[] {
  return [
    ...(slot === null ? [] : [{ httpHeader: { httpHeaderName: slotHeader, values: [slot] } }]),
    ...(hosts.length === 0 ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(paths.length === 0 ? [] : [{ pathPattern: { values: [...paths] } }]),
  ];
}
