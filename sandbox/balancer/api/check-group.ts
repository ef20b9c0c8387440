import { z } from "zod";
import type { Input } from "../../model/service-api";
import { within } from "./check-actions";
import { integer, invalid, memberOf, read } from "./input";

const numbers = z.object({
  Protocol: z.string().optional(),
  TargetType: z.string().optional(),
  HealthCheckEnabled: z.union([z.boolean(), z.string()]).optional(),
  HealthCheckIntervalSeconds: integer.optional(),
  HealthCheckTimeoutSeconds: integer.optional(),
  HealthyThresholdCount: integer.optional(),
  UnhealthyThresholdCount: integer.optional(),
});

/** TABLE of ranges (API reference, CreateTargetGroup). */
const ranges = {
  HealthCheckIntervalSeconds: [5, 300],
  HealthCheckTimeoutSeconds: [2, 120],
  HealthyThresholdCount: [2, 10],
  UnhealthyThresholdCount: [2, 10],
} as const satisfies Record<string, readonly [number, number]>;

/** Seconds that hold where the request says nothing. */
export interface CheckTimes {
  readonly interval: number;
  readonly timeout: number;
}

/** ALB user guide, "Health check settings". */
export const newGroupTimes: CheckTimes = { interval: 30, timeout: 5 };

/** Refuses health check settings that AWS refuses and moto takes. */
export function checkGroup(input: Input, known: CheckTimes): void {
  const wanted = read(numbers, input);
  // Of another protocol or type, other rules hold; the sandbox's data plane does not serve them.
  if (wanted.TargetType === "lambda" || (wanted.Protocol !== undefined && !/^HTTPS?$/.test(wanted.Protocol))) return;
  // API reference, CreateTargetGroup: only a function may go unchecked.
  if (String(wanted.HealthCheckEnabled) === "false") {
    throw invalid(
      `Health check enabled must be true for target groups with target type '${wanted.TargetType ?? "instance"}'`,
    );
  }
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = wanted[name as keyof typeof ranges];
    if (value !== undefined) within(value, least, most, memberOf(name));
  }
  const interval = wanted.HealthCheckIntervalSeconds ?? known.interval;
  const timeout = wanted.HealthCheckTimeoutSeconds ?? known.timeout;
  if (timeout >= interval) {
    throw invalid(`Health check timeout '${timeout}' must be smaller than the interval '${interval}'`);
  }
}

const attributes = z.object({
  Attributes: z.array(z.object({ Key: z.string(), Value: z.coerce.string().optional() })).default([]),
});

/** TABLE of attributes with a range that moto does not check (API reference, TargetGroupAttribute). */
const attributeRanges: Readonly<Record<string, readonly [number, number]>> = {
  "deregistration_delay.timeout_seconds": [0, 3600],
  "stickiness.lb_cookie.duration_seconds": [1, 604_800],
  "stickiness.app_cookie.duration_seconds": [1, 604_800],
};

/** API reference, TargetGroupAttribute. */
const attributeNames =
  /^(deregistration_delay|stickiness|load_balancing|target_group_health|slow_start|lambda|proxy_protocol_v2|preserve_client_ip|target_failover|target_health_state)\.[a-z_.]+$/;

/** Refuses attributes of a target group that AWS refuses and moto takes. */
export function checkGroupAttributes(input: Input): void {
  const wanted = new Map(read(attributes, input).Attributes.map(({ Key, Value }) => [Key, Value ?? ""]));
  for (const [key, [least, most]] of Object.entries(attributeRanges)) {
    const value = wanted.get(key);
    if (value !== undefined) between(key, value, least, most);
  }
  const unknown = [...wanted.keys()].find((key) => !attributeNames.test(key));
  if (unknown !== undefined) throw invalid(`Target group attribute key '${unknown}' is not recognized`);
  const slowStart = wanted.get("slow_start.duration_seconds");
  if (slowStart !== undefined && slowStart !== "0") between("slow_start.duration_seconds", slowStart, 30, 900);
}

function between(key: string, value: string, least: number, most: number): void {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return;
  throw invalid(`'${key}' value '${value}' must be between '${least}-${most}' inclusive`);
}
