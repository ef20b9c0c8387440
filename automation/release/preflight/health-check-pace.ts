import type { PreflightCheck, PreflightFinding } from "./preflight-check";

/** Twice 30 s, the schema's default; more is only paid for. */
const slowHealthySeconds = 60;
/** The schema's default is 30 s, AWS' own 300. */
const slowDrainSeconds = 60;
/** What the remedies suggest. */
const good = { interval: 10, threshold: 2, drain: 30 } as const;

export const healthCheckPace: PreflightCheck = {
  id: "health-check-pace",
  why: "A new task serves only when the load balancer has seen it healthy often enough, and an old one leaves only when it has drained.",
  run: ({ plan, service }) =>
    Object.entries(service.containers).flatMap(([container, { loadBalancer }]): readonly PreflightFinding[] => {
      if (loadBalancer === undefined) return [];
      const { healthCheck, deregistrationDelaySeconds: drain } = loadBalancer;
      const { intervalSeconds, healthyThreshold } = healthCheck;
      const healthy = intervalSeconds * healthyThreshold;
      const path = `slipway:services.${plan.service}.containers.${container}.loadBalancer`;
      return [
        ...(healthy > slowHealthySeconds
          ? [
              {
                kind: "warned" as const,
                text: `Container ${container}: a new target is healthy after ${healthyThreshold} x ${intervalSeconds} s = ${healthy} s at the earliest.`,
                remedy: `${good.threshold} x ${good.interval} s (${path}.healthCheck) would save ${healthy - good.interval * good.threshold} s of every release.`,
              },
            ]
          : []),
        ...(drain > slowDrainSeconds
          ? [
              {
                kind: "warned" as const,
                text: `Container ${container}: an old target leaves only after ${drain} s.`,
                remedy: `${good.drain} s (${path}.deregistrationDelaySeconds) would save ${drain - good.drain} s, if no request takes longer.`,
              },
            ]
          : []),
      ];
    }),
};
