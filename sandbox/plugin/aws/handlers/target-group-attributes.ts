import type { AttributeTable } from "../attributes";
import type { Properties } from "../../handler";
import { askedFor } from "../settle";

/** Settings of a target group that AWS keeps as attributes. */
export const targetGroupAttributes: AttributeTable = {
  deregistrationDelay: { key: "deregistration_delay.timeout_seconds", type: "number" },
  slowStart: { key: "slow_start.duration_seconds", type: "number" },
  loadBalancingAlgorithmType: { key: "load_balancing.algorithm.type", type: "text" },
  loadBalancingCrossZoneEnabled: { key: "load_balancing.cross_zone.enabled", type: "text" },
  stickinessEnabled: { key: "stickiness.enabled", type: "boolean" },
  stickinessType: { key: "stickiness.type", type: "text" },
  stickinessDuration: { key: "stickiness.lb_cookie.duration_seconds", type: "number" },
};

/** Figures with which a new target group starts; what equals them need not be sent. */
export const targetGroupStartsWith: Properties = {
  deregistrationDelay: 300,
  slowStart: 0,
  loadBalancingAlgorithmType: "round_robin",
};

/** The stickiness block of the inputs, flattened as AWS has it. Without the block AWS keeps what it has. */
export function flattenStickiness(inputs: Properties): Properties {
  const { type, cookieDuration, enabled = true } = (inputs.stickiness ?? {}) as Properties;
  if (inputs.stickiness === undefined) return inputs;
  return { ...inputs, stickinessEnabled: enabled, stickinessType: type, stickinessDuration: cookieDuration };
}

/** The way back. */
export function nestStickiness(settings: Properties, known: Properties): Properties {
  const { stickinessEnabled, stickinessType, stickinessDuration, ...rest } = settings;
  const stickiness = { enabled: stickinessEnabled, type: stickinessType, cookieDuration: stickinessDuration };
  return { ...rest, stickiness: askedFor(known.stickiness, stickiness) };
}
