import type { DeploymentView, ServiceView } from "../model/release/observed";

/** An ECS service by the names that calls need. */
export interface ServiceRef {
  readonly cluster: string;
  readonly serviceName: string;
}

/** A task that stopped, as far as it says why. */
export interface StoppedTask {
  readonly arn: string;
  /** ECS deployment that started it (`ecs-svc/...`). */
  readonly startedBy: string;
  readonly taskDefinition: string;
  readonly stoppedAt: string | null;
  /** `TaskFailedToStart`, `EssentialContainerExited`, `ServiceSchedulerInitiated`, `UserInitiated`, ... */
  readonly stopCode: string | null;
  readonly stoppedReason: string;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode: number | null;
    readonly reason: string;
    readonly logGroup: string | null;
    readonly logStream: string | null;
  }[];
}

/** What a task definition runs. */
export interface TaskDefinitionView {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE" | "DELETE_IN_PROGRESS";
  /** By container. */
  readonly images: Readonly<Record<string, string>>;
  /** Value of the tag `Version`. */
  readonly version: string | null;
  /** `X86_64` when the definition does not say. */
  readonly architecture: "X86_64" | "ARM64";
  readonly executionRoleArn: string | null;
}

/** Amazon ECS. Failures are `CloudError`s. */
export interface Containers {
  /** One call for up to ten services of a cluster; a service that is not there is missing in the answer. */
  describe(cluster: string, serviceNames: readonly string[]): Promise<readonly ServiceView[]>;
  /** Changes the number of tasks; starts no deployment. */
  setCount(service: ServiceRef, count: number): Promise<void>;
  /** Points a service at a task definition that is there. */
  pointAt(service: ServiceRef, taskDefinition: string): Promise<void>;
  /** Starts all tasks anew; gives the deployment. */
  forceDeployment(service: ServiceRef): Promise<DeploymentView>;
  /** The newest tasks that stopped, of this deployment when one is named; at most `limit`. */
  stoppedTasks(service: ServiceRef, limit: number, deploymentId?: string): Promise<readonly StoppedTask[]>;
  /** By ARN, `family:revision` or family (its newest active revision); undefined when there is none. */
  taskDefinition(name: string): Promise<TaskDefinitionView | undefined>;
  /** ARNs of a family (or of families with this prefix), newest first. */
  taskDefinitions(familyPrefix: string, limit: number): Promise<readonly string[]>;
}
