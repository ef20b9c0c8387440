import type { Scope } from "../../model/scope";
import type { Health, StopCode, TaskOrder, TaskStatus } from "../../model/tasks";

/** One container of a task as DescribeTasks tells it. */
export interface ContainerState {
  readonly name: string;
  readonly image: string;
  /** Tag that the registry knows the image by; only for one that is named by its digest. */
  readonly knownTag?: string;
  readonly imageDigest: string | undefined;
  /** Known once the container has been created. */
  readonly runtimeId: string | undefined;
  readonly lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  /** Undefined for a container that never started. */
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  readonly health: Health;
  readonly essential: boolean;
  readonly hasHealthCheck: boolean;
  readonly ports: readonly number[];
  readonly cpu: number;
  /** MiB. */
  readonly memory: number | undefined;
  readonly memoryReservation: number | undefined;
}

/** The network interface of a task. */
export interface Attachment {
  readonly id: string;
  readonly interfaceId: string;
  readonly macAddress: string;
  readonly subnet: string;
  readonly ip: string;
}

/** When what happened; see "Task" in the API reference. */
export interface TaskDates {
  readonly createdAt: Date;
  readonly connectivityAt?: Date;
  readonly pullStartedAt?: Date;
  readonly pullStoppedAt?: Date;
  readonly startedAt?: Date;
  readonly stoppingAt?: Date;
  readonly executionStoppedAt?: Date;
  readonly stoppedAt?: Date;
}

/** Everything the API tells of a task; never changed, only followed by another. */
export interface TaskState extends Scope {
  readonly id: string;
  readonly arn: string;
  readonly order: TaskOrder;
  readonly zone: string;
  readonly subnet: string;
  /** As DescribeTasks has them: units and MiB in texts. Undefined until the task definition is known. */
  readonly cpu: string | undefined;
  readonly memory: string | undefined;
  readonly status: TaskStatus;
  readonly desired: "RUNNING" | "STOPPED";
  /** Goes up by one with every change that AWS tells EventBridge. */
  readonly version: number;
  readonly dates: TaskDates;
  readonly attachment: Attachment | undefined;
  readonly stopCode: StopCode | undefined;
  readonly stoppedReason: string | undefined;
  readonly containers: readonly ContainerState[];
}

/** Health over the essential containers: any UNHEALTHY, else any UNKNOWN, else HEALTHY (API reference, HealthCheck). */
export function taskHealth(containers: readonly Pick<ContainerState, "essential" | "health">[]): Health {
  const essential = containers.filter((container) => container.essential).map(({ health }) => health);
  if (essential.includes("UNHEALTHY")) return "UNHEALTHY";
  return essential.length === 0 || essential.includes("UNKNOWN") ? "UNKNOWN" : "HEALTHY";
}
