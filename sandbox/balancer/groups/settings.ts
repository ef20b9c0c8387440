import type { ToldGroup } from "../door";
import { scopeOf, type Scope } from "../../model/scope";

/** What a target group says about its targets, with units in the names. */
export interface GroupSettings {
  readonly arn: string;
  readonly scope: Scope;
  /** `targetgroup/<name>/<id>`, the value of CloudWatch's dimension. */
  readonly dimension: string;
  readonly name: string;
  /** Of a target that is registered without one. */
  readonly port: number;
  readonly targetType: string;
  /** Speaks TLS to its targets. */
  readonly isTls: boolean;
  readonly check: CheckSettings;
  readonly delayMs: number;
  readonly algorithm: "round_robin" | "least_outstanding_requests" | "weighted_random";
  /** 0: off */
  readonly slowStartMs: number;
  readonly stickiness: TargetStickiness | undefined;
  readonly minimumHealthy: { readonly count: number; readonly percent: number };
}

export interface CheckSettings {
  readonly isTls: boolean;
  /** Undefined: the port that gets the traffic. */
  readonly port: number | undefined;
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly isExpected: (status: number) => boolean;
}

export interface TargetStickiness {
  /** Of the application; undefined when the load balancer decides alone. */
  readonly applicationCookie: string | undefined;
  readonly seconds: number;
}

/** Reads a target group as the cloud tells it; what is missing gets the default of the API reference. */
export function groupSettings(told: ToldGroup): GroupSettings {
  const { Attributes: attributes } = told;
  const number = (key: string, otherwise: number): number => {
    const value = Number(attributes[key]);
    return Number.isFinite(value) ? value : otherwise;
  };
  const arn = told.TargetGroupArn;
  const dimension = arn.slice(arn.indexOf("targetgroup/"));
  const algorithm = attributes["load_balancing.algorithm.type"];
  const health = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";
  return {
    arn,
    scope: scopeOf(arn) ?? { account: "", region: "" },
    dimension,
    name: dimension.split("/")[1] ?? "",
    port: told.Port ?? 80,
    targetType: told.TargetType,
    isTls: told.Protocol === "HTTPS",
    check: checkSettings(told),
    delayMs: number("deregistration_delay.timeout_seconds", 300) * 1000,
    algorithm:
      algorithm === "least_outstanding_requests" || algorithm === "weighted_random" ? algorithm : "round_robin",
    slowStartMs: number("slow_start.duration_seconds", 0) * 1000,
    stickiness: attributes["stickiness.enabled"] === "true" ? stickinessOf(attributes, number) : undefined,
    minimumHealthy: { count: number(`${health}.count`, 1), percent: number(`${health}.percentage`, 0) },
  };
}

function checkSettings(told: ToldGroup): CheckSettings {
  const port = Number(told.HealthCheckPort);
  return {
    isTls: (told.HealthCheckProtocol ?? told.Protocol) === "HTTPS",
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    path: told.HealthCheckPath ?? "/",
    intervalMs: told.HealthCheckIntervalSeconds * 1000,
    timeoutMs: told.HealthCheckTimeoutSeconds * 1000,
    healthyThreshold: told.HealthyThresholdCount,
    unhealthyThreshold: told.UnhealthyThresholdCount,
    isExpected: expectation(told.Matcher?.HttpCode ?? "200"),
  };
}

function stickinessOf(
  attributes: Readonly<Record<string, string>>,
  number: (key: string, otherwise: number) => number,
): TargetStickiness {
  return attributes["stickiness.type"] === "app_cookie"
    ? {
        applicationCookie: attributes["stickiness.app_cookie.cookie_name"] ?? "",
        seconds: number("stickiness.app_cookie.duration_seconds", 86_400),
      }
    : { applicationCookie: undefined, seconds: number("stickiness.lb_cookie.duration_seconds", 86_400) };
}

/** `200`, `200,202` or `200-299` (API reference, Matcher). */
export function expectation(matcher: string): (status: number) => boolean {
  const ranges = matcher.split(",").map((part) => {
    const [from = "", to = from] = part.split("-");
    return { from: Number(from), to: Number(to) };
  });
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
