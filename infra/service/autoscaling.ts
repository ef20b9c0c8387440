import type * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { ServiceConfig } from "../config/schema";

export interface AutoscalingArgs {
  readonly config: NonNullable<ServiceConfig["autoscaling"]>;
  /** `service/<cluster>/<service>`. */
  readonly resourceId: pulumi.Input<string>;
}

/** Measures that ECS publishes for every service, by the target's name in configuration. */
const trackedMetrics = [
  { role: "cpu", target: "cpuTarget", metric: "ECSServiceAverageCPUUtilization" },
  { role: "memory", target: "memoryTarget", metric: "ECSServiceAverageMemoryUtilization" },
] as const;

/** Lets AWS keep the number of tasks between two limits, so that their use stays near a target. */
export function makeAutoscaling(name: string, args: AutoscalingArgs, opts: pulumi.CustomResourceOptions): void {
  const target = new aws.appautoscaling.Target(
    `${name}-scaling`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: args.resourceId,
      minCapacity: args.config.min,
      maxCapacity: args.config.max,
    },
    opts,
  );
  for (const { role, target: key, metric } of trackedMetrics) {
    const targetValue = args.config[key];
    if (targetValue === undefined) continue;
    new aws.appautoscaling.Policy(
      `${name}-scaling-${role}`,
      {
        // Without it AWS takes the policy for one of steps, and refuses it.
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: { predefinedMetricType: metric },
        },
      },
      opts,
    );
  }
}
