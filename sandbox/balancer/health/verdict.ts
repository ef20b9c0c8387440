import type { TargetHealth } from "../../model/targets";
import type { CheckSettings } from "../groups/settings";

/** How a health check ended. */
export type ProbeOutcome =
  | { readonly kind: "answer"; readonly status: number }
  | { readonly kind: "timeout" }
  /** No connection, or an answer that is none. */
  | { readonly kind: "failed" };

type Told = Pick<TargetHealth, "state" | "reason" | "description">;

/** What is known of a target's health: the state of the API and the runs of equal outcomes that led there. */
export interface Verdict extends Told {
  readonly passes: number;
  readonly failures: number;
}

/** TABLE of what the API says where no check decides (ALB user guide, "Target health status"). */
export const told = {
  unused: {
    state: "unused",
    reason: "Target.NotInUse",
    description: "Target group is not configured to receive traffic from the load balancer",
  },
  registering: {
    state: "initial",
    reason: "Elb.RegistrationInProgress",
    description: "Target registration is in progress",
  },
  checking: {
    state: "initial",
    reason: "Elb.InitialHealthChecking",
    description: "Initial health checks in progress",
  },
  draining: {
    state: "draining",
    reason: "Target.DeregistrationInProgress",
    description: "Target deregistration is in progress",
  },
  notRegistered: {
    state: "unused",
    reason: "Target.NotRegistered",
    description: "Target is not registered to the target group",
  },
} as const satisfies Record<string, Told>;

/**
 * A new target is healthy after one pass, and unhealthy only after the threshold of failures; later both thresholds
 * count, and an opposite outcome starts the run anew (ALB user guide, "Health checks for your target groups").
 */
export function judge(before: Verdict, outcome: ProbeOutcome, check: CheckSettings): Verdict {
  const isPass = outcome.kind === "answer" && check.isExpected(outcome.status);
  const passes = isPass ? before.passes + 1 : 0;
  const failures = isPass ? 0 : before.failures + 1;
  const runs = { passes, failures };
  if (isPass) {
    const needed = before.state === "unhealthy" ? check.healthyThreshold : 1;
    return before.state === "healthy" || passes >= needed ? { state: "healthy", ...runs } : { ...before, ...runs };
  }
  if (before.state === "unhealthy" || failures >= check.unhealthyThreshold) {
    return { state: "unhealthy", ...reasonOf(outcome), ...runs };
  }
  return { ...before, ...(before.state === "initial" ? told.checking : {}), ...runs };
}

function reasonOf(outcome: ProbeOutcome): { readonly reason: string; readonly description: string } {
  switch (outcome.kind) {
    case "answer":
      return {
        reason: "Target.ResponseCodeMismatch",
        description: `Health checks failed with these codes: [${outcome.status}]`,
      };
    case "timeout":
      return { reason: "Target.Timeout", description: "Request timed out" };
    case "failed":
      return { reason: "Target.FailedHealthChecks", description: "Health checks failed" };
  }
}
