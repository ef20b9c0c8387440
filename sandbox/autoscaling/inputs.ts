import { z } from "zod";
import { AwsFault } from "../model/aws-fault";
import type { Input } from "../model/service-api";

/** @throws AwsFault `ValidationException` with what is wrong with the first member that is */
export function checked<T>(schema: z.ZodType<T>, input: Input): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(`1 validation error detected: at '${issue?.path.join(".") ?? ""}': ${issue?.message ?? ""}`);
}

export const invalid = (message: string): AwsFault => new AwsFault("ValidationException", message);

/** What names a target. */
const resource = {
  ServiceNamespace: z.literal("ecs"),
  ResourceId: z.string().regex(/^service\/[^/]+\/[^/]+$/),
  ScalableDimension: z.literal("ecs:service:DesiredCount"),
};

const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const count = z.int().min(0).max(100_000);
const policyName = z.string().min(1).max(256);
const cooldown = z.int().min(0);

export const targetInput = z.object(resource);

export const registerInput = z.object({
  ...resource,
  MinCapacity: optional(count),
  MaxCapacity: optional(count),
  RoleARN: optional(z.string()),
  SuspendedState: optional(
    z.object({
      DynamicScalingInSuspended: optional(z.boolean()),
      DynamicScalingOutSuspended: optional(z.boolean()),
      ScheduledScalingSuspended: optional(z.boolean()),
    }),
  ),
  Tags: optional(z.record(z.string(), z.string())),
});

export const trackingInput = z.object({
  TargetValue: z.number().positive(),
  PredefinedMetricSpecification: optional(
    z.object({ PredefinedMetricType: z.string(), ResourceLabel: optional(z.string()) }),
  ),
  CustomizedMetricSpecification: optional(
    z.object({
      MetricName: optional(z.string()),
      Namespace: optional(z.string()),
      Dimensions: optional(z.array(z.object({ Name: z.string(), Value: z.string() }))),
      Statistic: optional(z.enum(["Average", "Minimum", "Maximum", "SampleCount", "Sum"])),
      Unit: optional(z.string()),
      Metrics: optional(z.array(z.record(z.string(), z.unknown()))),
    }),
  ),
  ScaleOutCooldown: optional(cooldown),
  ScaleInCooldown: optional(cooldown),
  DisableScaleIn: optional(z.boolean()),
});

export const stepInput = z.object({
  AdjustmentType: z.enum(["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]),
  StepAdjustments: z
    .array(
      z.object({
        MetricIntervalLowerBound: optional(z.number()),
        MetricIntervalUpperBound: optional(z.number()),
        ScalingAdjustment: z.int(),
      }),
    )
    .min(1),
  MinAdjustmentMagnitude: optional(z.int()),
  Cooldown: optional(cooldown),
  MetricAggregationType: optional(z.enum(["Average", "Minimum", "Maximum"])),
});

export const policyInput = z.object({ ...resource, PolicyName: policyName });

export const putPolicyInput = z.object({
  ...resource,
  PolicyName: policyName,
  PolicyType: optional(z.enum(["StepScaling", "TargetTrackingScaling", "PredictiveScaling"])),
  TargetTrackingScalingPolicyConfiguration: optional(trackingInput),
  StepScalingPolicyConfiguration: optional(stepInput),
});

/** Of the operations that list. */
export const listInput = z.object({
  ServiceNamespace: z.literal("ecs"),
  ResourceId: optional(z.string()),
  ResourceIds: optional(z.array(z.string())),
  ScalableDimension: optional(z.string()),
  PolicyNames: optional(z.array(z.string())),
  IncludeNotScaledActivities: optional(z.boolean()),
  MaxResults: optional(z.int().min(1).max(50)),
  NextToken: optional(z.string()),
});

export const tagsInput = z.object({
  ResourceARN: z.string(),
  Tags: optional(z.record(z.string(), z.string())),
  TagKeys: optional(z.array(z.string())),
});
