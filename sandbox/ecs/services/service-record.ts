import type { Deployment, EcsService, ServiceRevision } from "../model";
import type { ShiftPlan } from "../shifting/model";

type Counts = "runningCount" | "pendingCount";

/** Why a deployment is given up. */
export type Cause =
  | { readonly kind: "breaker" }
  | { readonly kind: "alarm"; readonly names: readonly string[] }
  | { readonly kind: "stop"; readonly type: "ROLLBACK" | "ABORT" };

/** What the scheduler remembers of a deployment and AWS does not tell. */
export interface Watch {
  /** The scheduler has looked at it once: counts are told from then on. */
  readonly isTakenUp: boolean;
  /** Takes the service back to what had completed before; it is not watched by the breaker's rollback again. */
  readonly isRollback: boolean;
  /** ARNs of the revisions that were there when it started. */
  readonly sources: readonly string[];
  /** Tasks whose failure has been counted. */
  readonly failed: readonly string[];
  /** Tasks that have been healthy. */
  readonly proven: readonly string[];
  /** What the circuit breaker counts. */
  readonly failures: number;
  /** Starts in a row that ended before RUNNING, and when the next may be tried. */
  readonly startFailures: number;
  readonly startNotBefore: Date | undefined;
  /** Alarms that are watched: none when one of them was in ALARM at the start. */
  readonly alarms: readonly string[];
  readonly triggered: readonly string[];
  /** When it will be given up, and why. */
  readonly trip: { readonly at: Date; readonly cause: Cause } | undefined;
  /** Since when everything is in place, while it bakes. */
  readonly settledAt: Date | undefined;
  /** Asked for by StopServiceDeployment. */
  readonly stop: "ROLLBACK" | "ABORT" | undefined;
  /** How traffic is shifted; undefined for a rolling deployment. */
  readonly plan: ShiftPlan | undefined;
}

export interface DeploymentRecord extends Omit<Deployment, Counts> {
  readonly watch: Watch;
}

/** A service as it is kept; counts of tasks are looked up when somebody asks. A new object after every change. */
export interface ServiceRecord extends Omit<EcsService, Counts | "deployments"> {
  readonly deployments: readonly DeploymentRecord[];
  /** What a rollback goes back to. */
  readonly completed: { readonly deploymentId: string; readonly revision: ServiceRevision } | undefined;
  readonly createdBy: string;
  readonly isSteady: boolean;
  /** When messages that are not to be repeated were told. */
  readonly told: Readonly<Record<string, Date>>;
  /** Settings that are told back and change nothing else. */
  readonly plain: PlainSettings;
  /** What CreateService was called with, to know a repeated call. */
  readonly createdWith: string;
}

export interface PlainSettings {
  readonly schedulingStrategy: string;
  readonly enableECSManagedTags: boolean;
  readonly enableExecuteCommand: boolean;
  readonly propagateTags: string;
  readonly availabilityZoneRebalancing: string;
  readonly placementConstraints: readonly unknown[];
  readonly placementStrategy: readonly unknown[];
  /** As asked: `LATEST` where the deployments say what that is. */
  readonly platformVersion: string;
}

/** A deployment that nobody has looked at yet. */
export const freshWatch: Watch = {
  isTakenUp: false,
  isRollback: false,
  sources: [],
  failed: [],
  proven: [],
  failures: 0,
  startFailures: 0,
  startNotBefore: undefined,
  alarms: [],
  triggered: [],
  trip: undefined,
  settledAt: undefined,
  stop: undefined,
  plan: undefined,
};

/** The newest deployment; every service has one. */
export function primaryOf(record: ServiceRecord): DeploymentRecord {
  const [primary] = record.deployments;
  if (!primary) throw new Error(`${record.arn} has no deployment`);
  return primary;
}

/** The record with some of the fields of one of its deployments changed. */
export function withDeployment(record: ServiceRecord, id: string, change: Partial<DeploymentRecord>): ServiceRecord {
  const deployments = record.deployments.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...record, deployments };
}

/** The record with some of what is remembered of one of its deployments changed. */
export function withWatch(record: ServiceRecord, id: string, change: Partial<Watch>): ServiceRecord {
  const deployments = record.deployments.map((one) =>
    one.id === id ? { ...one, watch: { ...one.watch, ...change } } : one,
  );
  return { ...record, deployments };
}
