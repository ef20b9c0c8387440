import type { AlarmState } from "../model/metrics";
import type { Scope } from "../model/scope";
import type { ShiftView } from "./shifting/model";

/** `ACTIVE`, then after DeleteService `DRAINING` until its tasks are on their way out, then `INACTIVE`. */
export type ServiceStatus = "ACTIVE" | "DRAINING" | "INACTIVE";

export type Strategy = "ROLLING" | "BLUE_GREEN" | "LINEAR" | "CANARY";

/** As the API has it, with AWS' defaults filled in. */
export interface DeploymentConfiguration {
  readonly strategy: Strategy;
  readonly maximumPercent: number;
  readonly minimumHealthyPercent: number;
  readonly bakeTimeInMinutes: number;
  readonly deploymentCircuitBreaker: CircuitBreaker;
  readonly alarms: { readonly alarmNames: readonly string[]; readonly enable: boolean; readonly rollback: boolean };
  readonly lifecycleHooks?: readonly LifecycleHook[];
  readonly linearConfiguration?: { readonly stepPercent: number; readonly stepBakeTimeInMinutes: number };
  readonly canaryConfiguration?: { readonly canaryPercent: number; readonly canaryBakeTimeInMinutes: number };
  readonly earlySuccessCriteria?: {
    readonly enable: boolean;
    readonly healthyPercent?: number;
    readonly sourceServiceRevisionCleanup?: "BLOCKING" | "DEFERRED";
  };
}

export interface CircuitBreaker {
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
  readonly thresholdConfiguration: {
    readonly type: "COUNT" | "BOUNDED_PERCENT" | "UNBOUNDED_PERCENT";
    readonly value: number;
  };
}

/** As the API has it. */
export interface LifecycleHook {
  readonly targetType?: "AWS_LAMBDA" | "PAUSE";
  readonly hookTargetArn?: string;
  readonly roleArn?: string;
  readonly lifecycleStages: readonly string[];
  readonly hookDetails?: unknown;
  readonly timeoutConfiguration?: { readonly timeoutInMinutes?: number; readonly action?: "ROLLBACK" | "CONTINUE" };
}

export interface LoadBalancer {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly advancedConfiguration?: {
    readonly alternateTargetGroupArn: string;
    readonly productionListenerRule: string;
    readonly testListenerRule?: string;
    readonly roleArn?: string;
  };
}

export interface ProviderShare {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
}

/** What a change of starts a deployment; frozen in it ("service revision"). */
export interface ServiceRevision {
  /** 19 digits. */
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  /** ARN with a revision. */
  readonly taskDefinition: string;
  readonly launchType?: string;
  readonly capacityProviderStrategy?: readonly ProviderShare[];
  /** Resolved, e.g. `1.4.0`. */
  readonly platformVersion: string;
  readonly networkConfiguration?: unknown;
  readonly loadBalancers: readonly LoadBalancer[];
  /** Where its tasks are registered, one for each load balancer: the alternate group of a pair in every other deployment. */
  readonly targetGroups: readonly string[];
  readonly serviceRegistries: readonly unknown[];
  /** Sent back as they came; nothing here acts on them. */
  readonly passive: {
    readonly serviceConnectConfiguration?: unknown;
    readonly volumeConfigurations?: unknown;
    readonly vpcLatticeConfigurations?: unknown;
  };
  /** Of its task definition. */
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly definitionTags?: readonly { readonly key: string; readonly value: string }[];
}

/** One entry of `deployments[]`. */
export interface Deployment {
  /** `ecs-svc/<19 digits>`, also `startedBy` of its tasks. */
  readonly id: string;
  /** `INACTIVE` ones are dropped. */
  readonly status: "PRIMARY" | "ACTIVE";
  readonly revision: ServiceRevision;
  /** As told; the scheduler sets it a step after the request. */
  readonly desiredCount: number;
  readonly failedTasks: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly rolloutStateReason: string;
  /** Of the service deployment that it belongs to: a rollback goes on under the ARN of what failed. */
  readonly serviceDeploymentArn: string;
  /** Tasks of it, as they are now. */
  readonly runningCount: number;
  readonly pendingCount: number;
  /** Where a BLUE_GREEN, LINEAR or CANARY deployment is. */
  readonly shift?: ShiftView;
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAt: Date;
  readonly message: string;
}

/** A service as it is now. A new object after every change. */
export interface EcsService extends Scope {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly status: ServiceStatus;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deploymentConfiguration: DeploymentConfiguration;
  /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly deploymentController: string;
  /** Seconds. */
  readonly healthCheckGracePeriodSeconds: number | undefined;
  /** PRIMARY first. */
  readonly deployments: readonly Deployment[];
  /** Newest first, 100 at most. */
  readonly events: readonly ServiceEvent[];
  /** What the next deployment would run. */
  readonly revision: ServiceRevision;
  readonly createdAt: Date;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** What others may ask of the services. */
export interface Services {
  /** All that are not INACTIVE; of everywhere without a scope. */
  list(scope?: Scope): readonly EcsService[];
  /** @param cluster name or ARN @param service name or ARN */
  get(scope: Scope, cluster: string, service: string): EcsService | undefined;
  /** UpdateService. @throws AwsFault */
  update(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<EcsService>;
  /** After every change of a service; counts of its tasks alone are no change of it. */
  onChange(listener: (service: EcsService) => void): void;
  /**
   * StopServiceDeployment; taken up at the next step of the scheduler.
   *
   * @returns `ended` when it is over or on its way back already
   */
  stop(serviceDeploymentArn: string, type: "ROLLBACK" | "ABORT"): "taken" | "ended" | "unknown";
}

export type MonitorStatus = "TRIGGERED" | "MONITORING" | "MONITORING_COMPLETE" | "DISABLED";

/** How a deployment is watched at this moment. */
export interface Monitors {
  readonly circuitBreaker: {
    readonly status: MonitorStatus;
    readonly failureCount: number;
    readonly threshold: number;
  };
  readonly alarms: {
    readonly status: MonitorStatus;
    readonly alarmNames: readonly string[];
    readonly triggeredAlarmNames: readonly string[];
  };
}

/** Counts of one revision in a service deployment. */
export interface RevisionCounts {
  readonly arn: string;
  readonly requested: number;
  readonly running: number;
  readonly pending: number;
  /** Percent; only for strategies that shift. */
  readonly productionWeight?: number;
  readonly testWeight?: number;
}

/** What has become of a service deployment, told in the order in which it happens. */
export type DeploymentEvent = {
  readonly at: Date;
  readonly serviceDeploymentArn: string;
  readonly service: EcsService;
  readonly target: RevisionCounts;
  /** Empty for the first deployment of a service. */
  readonly sources: readonly RevisionCounts[];
  readonly monitors: Monitors;
} & (
  | { readonly kind: "created"; readonly revision: ServiceRevision }
  /** The scheduler has taken it up. */
  | { readonly kind: "started" }
  | { readonly kind: "progressed"; readonly shift?: ShiftView }
  /** Without a rollback it stands as it is; otherwise `rollback-started` follows. */
  | { readonly kind: "failed"; readonly reason: string; readonly rollback: boolean }
  | { readonly kind: "rollback-started"; readonly reason: string; readonly to: ServiceRevision }
  /** `stopped` also when a newer deployment has taken its place. */
  | { readonly kind: "finished"; readonly outcome: "successful" | "stopped" | "rolled-back" | "rollback-failed" }
);

/** Keeps the records of service deployments. */
export interface DeploymentObserver {
  observe(event: DeploymentEvent): void;
  /** The service is INACTIVE: its records go with it. */
  forget(serviceArn: string): void;
}

/** State of an alarm; undefined for one that does not exist. */
export type AlarmReader = (scope: Scope, name: string) => AlarmState | undefined;
