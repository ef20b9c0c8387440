import type { Scope } from "../../model/scope";
import type { DeploymentConfiguration, Monitors, RevisionCounts, ServiceRevision } from "../model";

/** "View service history using Amazon ECS service deployments": waiting, ongoing, and the last four final. */
export type ServiceDeploymentStatus = keyof typeof statuses;

/** Whether nothing will change any more. */
export const statuses = {
  PENDING: { isFinal: false },
  IN_PROGRESS: { isFinal: false },
  STOP_REQUESTED: { isFinal: false },
  ROLLBACK_REQUESTED: { isFinal: false },
  ROLLBACK_IN_PROGRESS: { isFinal: false },
  SUCCESSFUL: { isFinal: true },
  STOPPED: { isFinal: true },
  ROLLBACK_SUCCESSFUL: { isFinal: true },
  ROLLBACK_FAILED: { isFinal: true },
} as const;

/** A service deployment as it is kept. A new object after every change. */
export interface ServiceDeploymentRecord extends Scope {
  readonly arn: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly stoppedAt?: Date;
  readonly status: ServiceDeploymentStatus;
  readonly statusReason?: string;
  readonly stage?: string;
  /** As it was when the deployment began. */
  readonly configuration: DeploymentConfiguration;
  readonly target: RevisionCounts;
  readonly sources: readonly RevisionCounts[];
  readonly monitors: Monitors;
  readonly rollback?: { readonly reason: string; readonly startedAt: Date; readonly revisionArn: string };
}

/** A service revision as it is kept: what never changes, and the digests that its first tasks found. */
export interface RevisionRecord {
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly revision: ServiceRevision;
  /** By name of the container. */
  readonly digests: Readonly<Record<string, string>>;
}
