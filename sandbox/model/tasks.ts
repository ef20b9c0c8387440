import type { Scope } from "./scope";

/** Life of a task in order; see "Task lifecycle" in the ECS developer guide. */
export type TaskStatus =
  "PROVISIONING" | "PENDING" | "ACTIVATING" | "RUNNING" | "DEACTIVATING" | "STOPPING" | "DEPROVISIONING" | "STOPPED";

export type StopCode = "TaskFailedToStart" | "EssentialContainerExited" | "UserInitiated" | "ServiceSchedulerInitiated";

export type Health = "HEALTHY" | "UNHEALTHY" | "UNKNOWN";

/** What the scheduler asks for. */
export interface TaskOrder extends Scope {
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  /** `service:<name>`, or what RunTask said. */
  readonly group: string;
  /** `ecs-svc/<digits>`, or what RunTask said. */
  readonly startedBy?: string | undefined;
  readonly launchType?: string | undefined;
  readonly capacityProviderName?: string | undefined;
  readonly platformVersion?: string | undefined;
  /** As the API has it; its first subnet gives the task its zone. */
  readonly networkConfiguration?: unknown;
  readonly enableExecuteCommand?: boolean | undefined;
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly overrides?: unknown;
}

/** What others may know of a task. A new object after every change. */
export interface TaskView extends Scope {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly arn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly lastStatus: TaskStatus;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  /** Of the essential containers. */
  readonly health: Health;
  /** True when an essential container has a health check. */
  readonly hasHealthCheck: boolean;
  /** An essential container has ended, though the task may still be told as RUNNING. @default false */
  readonly hasEssentialEnded?: boolean;
  /** 127.x.y.z; undefined until it is attached. */
  readonly ip: string | undefined;
  readonly createdAt: Date;
  /** Became RUNNING. */
  readonly startedAt: Date | undefined;
  readonly stoppedAt: Date | undefined;
  readonly stopCode: StopCode | undefined;
  readonly stoppedReason: string | undefined;
  readonly zone: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    /** Tag that the registry knows the image by; only for one that is named by its digest. */
    readonly knownTag?: string;
    readonly imageDigest: string | undefined;
    readonly exitCode: number | undefined;
    readonly reason: string | undefined;
    readonly ports: readonly number[];
  }[];
  /** Average use since the last look of the metrics, in percent of what the definition reserves. */
  readonly use: { readonly cpuPercent: number; readonly memoryPercent: number };
}

/** Asked when a task is to be taken out of its load balancers, before its containers get SIGTERM. */
export type BeforeStop = (task: TaskView) => Promise<void>;

/** Starts, watches and stops tasks: what the container agent and Fargate do. Knows nothing of services. */
export interface Tasks {
  /** At once in PROVISIONING; what goes wrong later is told by the task's own stop code and reason. */
  start(order: TaskOrder): TaskView;
  /**
   * Wants the task stopped: DEACTIVATING (waits for `onDeactivating`), STOPPING (SIGTERM, stop timeout, SIGKILL), STOPPED.
   * Does nothing when it is already on its way.
   */
  stop(id: string, reason: { readonly code: StopCode; readonly text: string }): void;
  get(id: string): TaskView | undefined;
  /** Stopped tasks are told for an hour. */
  list(scope: Scope, filter?: { readonly clusterArn?: string; readonly group?: string }): readonly TaskView[];
  /** After every change of any task. */
  onChange(listener: (task: TaskView) => void): void;
  /** A task that was running is being stopped, for whatever reason; STOPPING waits until all listeners are done. */
  onDeactivating(listener: BeforeStop): void;
}
