import type * as aws from "../aws";
import type { ServiceRelease, Slot } from "../releases";
import type { SlotTargetGroups } from "./target-groups";

/** The same shape for a listener's default action and for a rule's action. */
export type ForwardAction = aws.types.input.lb.ListenerDefaultAction & aws.types.input.lb.ListenerRuleAction;

/** What port 80 answers when everything belongs on 443; the rest of the address stays. */
export const redirectToHttps: aws.types.input.lb.ListenerDefaultAction = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

/** Requests that belong to no service end here and not at a service that does not expect them. */
export const notFound: aws.types.input.lb.ListenerDefaultAction = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};

/** Forwards to the only slot, or to both by the weights of the release. */
export function forwardAction(groups: SlotTargetGroups, weights: ServiceRelease["weights"]): ForwardAction {
  const { blue, green } = groups;
  if (blue === undefined) throw new Error("A service without slot blue has no target to forward to.");
  if (green === undefined) return { type: "forward", targetGroupArn: blue.arn };
  const weighted = (slot: Slot, group: typeof blue): { arn: typeof blue.arn; weight: number } => ({
    arn: group.arn,
    weight: weights[slot],
  });
  return { type: "forward", forward: { targetGroups: [weighted("blue", blue), weighted("green", green)] } };
}

/** Forwards to one slot, whatever the split of the traffic is. */
export function forwardTo(groups: SlotTargetGroups, slot: Slot): ForwardAction {
  const group = groups[slot];
  if (group === undefined) throw new Error(`There is no target group of slot ${slot} to forward to.`);
  return { type: "forward", targetGroupArn: group.arn };
}
