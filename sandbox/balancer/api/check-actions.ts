import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";
import { listOf } from "./check-conditions";
import { integer, invalid, read } from "./input";

const action = z.object({
  Type: z.string(),
  Order: integer.optional(),
  TargetGroupArn: z.string().optional(),
  ForwardConfig: z
    .object({
      TargetGroups: z.array(z.object({ TargetGroupArn: z.string().optional(), Weight: integer.optional() })).optional(),
      TargetGroupStickinessConfig: z
        .object({
          Enabled: z.union([z.boolean(), z.string()]).optional(),
          DurationSeconds: integer.optional(),
        })
        .optional(),
    })
    .optional(),
  RedirectConfig: z
    .object({
      Protocol: z.string().optional(),
      Host: z.string().optional(),
      Port: z.coerce.string().optional(),
      Path: z.string().optional(),
      Query: z.string().optional(),
      StatusCode: z.string().optional(),
    })
    .optional(),
});

type Action = z.infer<typeof action>;

/** What a check may ask of the target groups. */
export interface GroupFacts {
  /** Undefined for a group that is not there. */
  stickiness(targetGroupArn: string): { readonly isOn: boolean; readonly isOfApplication: boolean } | undefined;
}

/** ALB user guide, "Quotas": target groups per action. */
const mostGroups = 5;
/** API reference, TargetGroupTuple and TargetGroupStickinessConfig. */
const heaviest = 999;
const longestStickiness = 604_800;

/**
 * Refuses actions that AWS refuses and moto takes.
 *
 * @param member `Actions` or `DefaultActions`
 */
export function checkActions(input: Input, member: "Actions" | "DefaultActions", facts: GroupFacts): void {
  if (input[member] === undefined) return;
  const actions = read(z.object({ [member]: listOf(action) }), input)[member] ?? [];
  checkOrder(actions);
  actions.forEach((one, index) => {
    const place = `${member.charAt(0).toLowerCase()}${member.slice(1)}.${index + 1}.member`;
    if (one.Order !== undefined) within(one.Order, 1, 50_000, `${place}.order`);
    if (one.Type === "forward") checkForward(one, place, facts);
    if (one.Type === "redirect") checkRedirect(one);
  });
}

/** Actions that answer: a rule has one of them, as its last action. */
const answering: ReadonlySet<string> = new Set(["forward", "redirect", "fixed-response"]);

function checkOrder(actions: readonly Action[]): void {
  if (actions.length === 0) throw invalid("At least one action must be specified");
  const inOrder = [...actions].sort((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  const places = inOrder.flatMap(({ Type }, index) => (answering.has(Type) ? [index] : []));
  if (places.length !== 1 || places[0] !== inOrder.length - 1) {
    throw new AwsFault(
      "InvalidLoadBalancerAction",
      "A rule must have exactly one of the actions forward, redirect and fixed-response, and it must be the last one",
    );
  }
}

function checkForward({ TargetGroupArn, ForwardConfig }: Action, place: string, facts: GroupFacts): void {
  const groups = ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) {
    if (TargetGroupArn === undefined) throw invalid("A target group ARN must be specified");
    return;
  }
  if (groups.length > mostGroups) {
    throw new AwsFault(
      "TooManyUniqueTargetGroupsPerLoadBalancer",
      `A forward action can have at most ${mostGroups} target groups`,
    );
  }
  const arns = groups.map((group) => group.TargetGroupArn);
  if (arns.includes(undefined)) throw invalid("A target group ARN must be specified");
  if (new Set(arns).size < arns.length)
    throw invalid("Target groups cannot be specified multiple times in the same action");
  groups.forEach(({ Weight }, index) => {
    if (Weight !== undefined) {
      within(Weight, 0, heaviest, `${place}.forwardConfig.targetGroups.${index + 1}.member.weight`);
    } else if (groups.length > 1) {
      throw invalid("A weight must be specified for every target group when an action has more than one");
    }
  });
  if (TargetGroupArn !== undefined && (groups.length > 1 || arns[0] !== TargetGroupArn)) {
    throw invalid("You cannot specify both a target group ARN and another target group in a ForwardConfig");
  }
  checkStickiness(ForwardConfig, place, facts);
}

function checkStickiness(config: Action["ForwardConfig"], place: string, facts: GroupFacts): void {
  const groups = config?.TargetGroups ?? [];
  const sticky = config?.TargetGroupStickinessConfig;
  const isOn = String(sticky?.Enabled) === "true";
  if (sticky?.DurationSeconds !== undefined) {
    within(
      sticky.DurationSeconds,
      1,
      longestStickiness,
      `${place}.forwardConfig.targetGroupStickinessConfig.durationSeconds`,
    );
  } else if (isOn) {
    throw invalid("A stickiness duration must be specified when target group stickiness is enabled");
  }
  if (groups.length < 2) return;
  for (const { TargetGroupArn = "" } of groups) {
    const target = facts.stickiness(TargetGroupArn);
    if (target?.isOn && !isOn) {
      throw new AwsFault(
        "InvalidConfigurationRequest",
        "You must enable group stickiness on a rule if you enabled target stickiness on one of its target groups",
      );
    }
    if (target?.isOn && target.isOfApplication) {
      throw new AwsFault(
        "InvalidConfigurationRequest",
        `The target group '${TargetGroupArn}' has app_cookie stickiness, which cannot be used with weighted target groups`,
      );
    }
  }
}

/** A redirect that changes nothing would never end, and none may lead from HTTPS to HTTP. */
function checkRedirect({ RedirectConfig: redirect }: Action): void {
  if (redirect?.StatusCode !== "HTTP_301" && redirect?.StatusCode !== "HTTP_302") {
    throw invalid("The redirect status code must be 'HTTP_301' or 'HTTP_302'");
  }
  const isSame =
    (redirect.Protocol ?? "#{protocol}") === "#{protocol}" &&
    (redirect.Host ?? "#{host}") === "#{host}" &&
    (redirect.Port ?? "#{port}") === "#{port}" &&
    (redirect.Path ?? "/#{path}") === "/#{path}";
  if (isSame) {
    throw new AwsFault(
      "InvalidLoadBalancerAction",
      "The redirect configuration is not valid because it creates a loop.",
    );
  }
}

/** @throws AwsFault `ValidationError` for a number outside of the model's range */
export function within(value: number, least: number, most: number, place: string): void {
  if (value >= least && value <= most) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${place}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
