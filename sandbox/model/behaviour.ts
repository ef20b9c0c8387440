/** How the program in a task misbehaves. Without any field it does everything well. */
export interface Behaviour {
  /** Ends right after its start with this exit code. */
  readonly crashAtStart?: number;
  /** Ends with exit code 1 this many seconds after its start. */
  readonly crashAfterSeconds?: number;
  /** Is killed for its memory (137) this many seconds after its start. */
  readonly outOfMemoryAfterSeconds?: number;
  /** Answers its health and readiness paths with 503. */
  readonly isNeverHealthy?: boolean;
  /** Claims this version instead of the one that is in its image tag. */
  readonly version?: string;
  /** Share of requests, health checks left out, that are answered with 500: 0 to 100. */
  readonly errorPercent?: number;
  /** Real milliseconds before each answer, health checks left out. */
  readonly latencyMs?: number;
  /** Listens only this many seconds after its start. */
  readonly slowStartSeconds?: number;
  /** Does not end on SIGTERM. */
  readonly hangsOnShutdown?: boolean;
  /**
   * The database drops its packets (a security group without a rule for it): the program logs that its connections time
   * out (`connect ETIMEDOUT <host>:5432`) and answers its health and readiness paths with 503.
   */
  readonly hasNoDatabase?: boolean;
}

/** Why a task does not get as far as starting its containers; the words are those of "Stopped tasks error messages". */
export type StartFault =
  /** The execution role may not do it: ECR's and Secrets Manager's AccessDeniedException. */
  | { readonly kind: "role-denied" }
  /** No way to Secrets Manager (no NAT, endpoint or rule): ResourceInitializationError, `i/o timeout`. */
  | { readonly kind: "secrets-unreachable" }
  /** No way to the registry: CannotPullContainerError, `i/o timeout`. */
  | { readonly kind: "registry-unreachable" }
  /** The registry is another account's, whose repository policy does not let us in: CannotPullContainerError, 403. */
  | { readonly kind: "registry-denied" }
  /** The registry does not have this image: CannotPullContainerError, `not found`. */
  | { readonly kind: "image-missing" }
  /** Fargate has no room: no task comes to be; `Capacity is unavailable at this time. ...` */
  | { readonly kind: "no-capacity" };

/** What a behaviour is asked for. */
export interface TaskTraits {
  readonly cluster: string;
  /** Name of the service; undefined for a task that RunTask started. */
  readonly service: string | undefined;
  readonly container: string;
  /** `<repository>:<tag>` or `<repository>@sha256:...` as the task definition has it. */
  readonly image: string;
  /** Tag that the registry knows the image by; only for one that is named by its digest. */
  readonly tag?: string;
  readonly taskId: string;
}

/** What goes wrong with calls of the API, decided anew for each. */
export type ApiFault =
  | { readonly kind: "throttle" }
  | { readonly kind: "server-error" }
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "reset" };

/** What somebody has asked to go wrong; asked at every step, so a fault takes hold and ends at once. */
export interface Faults {
  behaviour(task: TaskTraits): Behaviour;
  /** Asked when a task is to be started (`no-capacity`), and again before its secrets and images are fetched (the rest). */
  startFault(task: TaskTraits): StartFault | undefined;
  /** @param service signing name */
  apiFault(service: string, operation: string | undefined): ApiFault | undefined;
  /** The network to this target is gone: no probe and no request reaches it. */
  isLost(target: { readonly ip: string; readonly port: number }): boolean;
}
