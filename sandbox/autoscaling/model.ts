import type { Scope } from "../model/scope";

/** The only dimension of the only namespace that is scaled here; everything else is moto's. */
export const ecsDimension = "ecs:service:DesiredCount";

/** A service whose count is kept in a range. A new object after every change. */
export interface ScalableTarget extends Scope {
  readonly arn: string;
  /** `service/<cluster>/<service>` */
  readonly resourceId: string;
  readonly min: number;
  readonly max: number;
  readonly roleArn: string;
  readonly createdAt: Date;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
  readonly tags: Readonly<Record<string, string>>;
}

interface Policy extends Scope {
  readonly arn: string;
  readonly name: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  /** As it was put. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface TrackingPolicy extends Policy {
  readonly type: "TargetTrackingScaling";
  readonly target: number;
  readonly scaleInCooldownMs: number;
  readonly scaleOutCooldownMs: number;
  readonly alarms: {
    readonly high: string;
    /** Undefined with DisableScaleIn. */
    readonly low: string | undefined;
  };
}

export interface StepPolicy extends Policy {
  readonly type: "StepScaling";
  readonly cooldownMs: number;
}

export type ScalingPolicy = TrackingPolicy | StepPolicy;

/** Why nothing was done; the codes of NotScaledReason. */
export interface NotScaled {
  readonly code: "TargetServicePutResourceAsUnscalable" | "AlreadyAtMaxCapacity" | "AlreadyAtMinCapacity";
  readonly max?: number;
  readonly min?: number;
  readonly current: number;
}

/** One try to change a count. */
export interface ScalingActivity extends Scope {
  readonly id: string;
  readonly resourceId: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly status: "InProgress" | "Successful" | "Overridden" | "Unfulfilled" | "Failed";
  readonly message?: string;
  readonly notScaled?: NotScaled;
  /** Of one that changes a count: from what to what. */
  readonly change?: { readonly from: number; readonly to: number };
}

/** `<cluster>` and `<service>` of a resource id; undefined for one of another form. */
export function serviceIn(resourceId: string): { readonly cluster: string; readonly service: string } | undefined {
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(resourceId) ?? [];
  return cluster !== undefined && service !== undefined ? { cluster, service } : undefined;
}
