import type {
  AdjustmentType,
  MetricAggregationType,
  MetricStatistic,
  MetricType,
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from "@aws-sdk/client-application-auto-scaling";
import type { Properties } from "../../handler";

/** Keeps a metric at a value. Cooldowns are seconds. */
export interface TargetTracking {
  readonly targetValue: number;
  readonly disableScaleIn?: boolean;
  readonly scaleInCooldown?: number;
  readonly scaleOutCooldown?: number;
  readonly predefinedMetricSpecification?: {
    readonly predefinedMetricType: MetricType;
    readonly resourceLabel?: string;
  };
  readonly customizedMetricSpecification?: {
    readonly metricName?: string;
    readonly namespace?: string;
    readonly statistic?: MetricStatistic;
    readonly unit?: string;
    readonly dimensions?: readonly { readonly name: string; readonly value: string }[];
  };
}

/** Adds or takes away by how far an alarm's metric is off. */
export interface StepScaling {
  readonly adjustmentType?: AdjustmentType;
  readonly cooldown?: number;
  readonly metricAggregationType?: MetricAggregationType;
  readonly minAdjustmentMagnitude?: number;
  /** The bounds are texts that hold numbers. */
  readonly stepAdjustments?: readonly {
    readonly metricIntervalLowerBound?: string;
    readonly metricIntervalUpperBound?: string;
    readonly scalingAdjustment: number;
  }[];
}

/** For the AWS API. */
export function toTargetTracking(tracking: TargetTracking): TargetTrackingScalingPolicyConfiguration {
  const { predefinedMetricSpecification: predefined, customizedMetricSpecification: custom } = tracking;
  return {
    TargetValue: tracking.targetValue,
    DisableScaleIn: tracking.disableScaleIn,
    ScaleInCooldown: tracking.scaleInCooldown,
    ScaleOutCooldown: tracking.scaleOutCooldown,
    PredefinedMetricSpecification: predefined && {
      PredefinedMetricType: predefined.predefinedMetricType,
      ResourceLabel: predefined.resourceLabel,
    },
    CustomizedMetricSpecification: custom && {
      MetricName: custom.metricName,
      Namespace: custom.namespace,
      Statistic: custom.statistic,
      Unit: custom.unit,
      Dimensions: custom.dimensions?.map(({ name, value }) => ({ Name: name, Value: value })),
    },
  };
}

/** In Pulumi's names. */
export function fromTargetTracking(tracking: TargetTrackingScalingPolicyConfiguration): Properties {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: custom } = tracking;
  return {
    targetValue: tracking.TargetValue,
    disableScaleIn: tracking.DisableScaleIn ?? false,
    scaleInCooldown: tracking.ScaleInCooldown,
    scaleOutCooldown: tracking.ScaleOutCooldown,
    predefinedMetricSpecification: predefined && {
      predefinedMetricType: predefined.PredefinedMetricType,
      resourceLabel: predefined.ResourceLabel,
    },
    customizedMetricSpecification: custom && {
      metricName: custom.MetricName,
      namespace: custom.Namespace,
      statistic: custom.Statistic,
      unit: custom.Unit,
      dimensions: custom.Dimensions?.map(({ Name, Value }) => ({ name: Name, value: Value })),
    },
  };
}

/** For the AWS API. */
export function toStepScaling(steps: StepScaling): StepScalingPolicyConfiguration {
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  return {
    AdjustmentType: steps.adjustmentType,
    Cooldown: steps.cooldown,
    MetricAggregationType: steps.metricAggregationType,
    MinAdjustmentMagnitude: steps.minAdjustmentMagnitude,
    StepAdjustments: steps.stepAdjustments?.map((step) => ({
      MetricIntervalLowerBound: number(step.metricIntervalLowerBound),
      MetricIntervalUpperBound: number(step.metricIntervalUpperBound),
      ScalingAdjustment: step.scalingAdjustment,
    })),
  };
}

/** In Pulumi's names. */
export function fromStepScaling(steps: StepScalingPolicyConfiguration): Properties {
  return {
    adjustmentType: steps.AdjustmentType,
    cooldown: steps.Cooldown,
    metricAggregationType: steps.MetricAggregationType,
    minAdjustmentMagnitude: steps.MinAdjustmentMagnitude,
    stepAdjustments: (steps.StepAdjustments ?? []).map((step) => ({
      metricIntervalLowerBound: step.MetricIntervalLowerBound?.toString(),
      metricIntervalUpperBound: step.MetricIntervalUpperBound?.toString(),
      scalingAdjustment: step.ScalingAdjustment,
    })),
  };
}
