/** One way in which a service fails, and what AWS says of it, word for word. */
export interface Cause {
  /** Words behind `sandbox fault`, in the order in which they are typed. */
  readonly fault: readonly string[];
  /** Its container reads this of a secret. */
  readonly secretKey?: string;
  /** Tag of its image. @default v1 */
  readonly tag?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the load balancer is what notices: state, reason and description of the target. */
  readonly target?: readonly [state: string, reason: string, description: string];
  /** Of the first task that stopped; undefined where no task ever comes to be. */
  readonly stopped?: {
    readonly code: string;
    readonly reason: string;
    readonly exitCode?: number;
    readonly container?: string;
  };
  /** One of the service's events. */
  readonly event: string;
  /** A line of the container's log. */
  readonly log?: string;
}

/** What the texts hold that differs from run to run. */
export interface Names {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly cluster: string;
  /** ARN of the secret of the service of this name. */
  readonly secret: (service: string) => string;
  /** ARN of the target group of the service of this name. */
  readonly group: (service: string) => string;
}

const resources =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";

/** Ids that nobody knows beforehand. */
export const anyId = "<id>";

/**
 * TABLE of causes by name of the service that has it. The texts are those of "Stopped tasks error messages", "Service event
 * messages" and of the health of targets; the longer ones as reports from the field have them.
 */
export function causes({
  account,
  region,
  repository,
  cluster,
  secret,
  group,
}: Names): Readonly<Record<string, Cause>> {
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  const image = `${repository}:v1`;
  const unplaced = (service: string, reason: string): string =>
    `(service ${service}) was unable to place a task. Reason: ${reason.replace(/\.$/, "")}.`;
  const start = (service: string, reason: string, container?: string): Pick<Cause, "stopped" | "event"> => ({
    stopped: { code: "TaskFailedToStart", reason, ...(container === undefined ? {} : { container }) },
    event: unplaced(service, reason),
  });
  const pull = (service: string, reason: string): Pick<Cause, "stopped" | "event"> => start(service, reason, reason);
  const sick = (service: string, reason: string): Pick<Cause, "stopped" | "event"> => ({
    stopped: {
      code: "ServiceSchedulerInitiated",
      reason: `Task failed ELB health checks in (target-group ${group(service)})`,
      exitCode: 0,
    },
    event: `(service ${service}) (task ${anyId}) (port 8080) is unhealthy in (target-group ${group(service)}) due to (reason ${reason})`,
  });
  const retried = "CannotPullContainerError: pull image manifest has been retried";
  const by = (service: string, ...words: readonly string[]): readonly string[] => [...words, "--service", service];
  const unreachable503 = "Health checks failed with these codes: [503]";
  return {
    "secret-gone": {
      fault: ["delete-secret", secret("secret-gone")],
      secretKey: "password",
      ...start(
        "secret-gone",
        `${resources} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ` +
          `${secret("secret-gone")} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
      ),
    },
    "secret-key": {
      fault: ["drop-secret-key", secret("secret-key"), "--key", "password"],
      secretKey: "password",
      ...start(
        "secret-key",
        `${resources} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from ` +
          "Secrets Manager did not contain json key password",
      ),
    },
    "secret-role": {
      fault: by("secret-role", "execution-role-denied"),
      secretKey: "password",
      ...start(
        "secret-role",
        `${resources} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ` +
          `${secret("secret-role")} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error ` +
          `StatusCode: 400, RequestID: ${anyId}, api error AccessDeniedException: User: ` +
          `arn:aws:sts::${account}:assumed-role/${cluster}-execution/${anyId} is not authorized to perform: ` +
          `secretsmanager:GetSecretValue on resource: ${secret("secret-role")} because no identity-based policy allows the ` +
          "secretsmanager:GetSecretValue action",
      ),
    },
    "pull-role": {
      fault: by("pull-role", "execution-role-denied"),
      ...start(
        "pull-role",
        `${resources} unable to retrieve ecr registry auth: service call has been retried 3 time(s): AccessDeniedException: User: ` +
          `arn:aws:sts::${account}:assumed-role/${cluster}-execution/${anyId} is not authorized to perform: ` +
          "ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken " +
          `action status code: 400, request id: ${anyId}`,
      ),
    },
    "secret-network": {
      fault: by("secret-network", "secrets-unreachable"),
      secretKey: "password",
      ...start(
        "secret-network",
        `${resources} unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. ` +
          `Check your task network configuration. failed to fetch secret ${secret("secret-network")} from secrets manager: ` +
          "RequestCanceled: request context canceled caused by: context deadline exceeded: " +
          `Post "https://secretsmanager.${region}.amazonaws.com/": dial tcp 52.94.0.30:443: i/o timeout`,
      ),
    },
    "pull-network": {
      fault: by("pull-network", "registry-unreachable"),
      ...pull(
        "pull-network",
        `${retried} 7 time(s): failed to resolve ref ${image}: failed to do request: ` +
          `Head "https://${registry}/v2/${cluster}/manifests/v1": dial tcp 52.94.0.10:443: i/o timeout`,
      ),
    },
    "pull-denied": {
      fault: by("pull-denied", "registry-denied"),
      ...pull(
        "pull-denied",
        `${retried} 1 time(s): failed to resolve ref ${image}: pulling from host ${registry} failed with status code [manifests v1]: ` +
          "403 Forbidden",
      ),
    },
    "image-hidden": {
      fault: by("image-hidden", "image-missing"),
      ...pull("image-hidden", `${retried} 7 time(s): failed to resolve ref ${image}: not found`),
    },
    "image-gone": {
      fault: ["delete-image", `${cluster}:gone`, "--account", account, "--region", region],
      tag: "gone",
      ...pull("image-gone", `${retried} 7 time(s): failed to resolve ref ${repository}:gone: not found`),
    },
    "no-room": {
      fault: by("no-room", "no-capacity"),
      event: unplaced(
        "no-room",
        "Capacity is unavailable at this time. Please try again later or in a different availability zone.",
      ),
    },
    crash: {
      fault: by("crash", "crash-at-start", "3"),
      stopped: { code: "EssentialContainerExited", reason: "Essential container in task exited", exitCode: 3 },
      event: `(service crash) has started 1 tasks: (task ${anyId}).`,
      log: "the program ends with exit code 3",
    },
    memory: {
      fault: by("memory", "out-of-memory", "30"),
      stopped: {
        code: "EssentialContainerExited",
        reason: "Essential container in task exited",
        exitCode: 137,
        container: "OutOfMemoryError: Container killed due to memory usage",
      },
      event: `(service memory) has started 1 tasks: (task ${anyId}).`,
    },
    sick: {
      fault: by("sick", "never-healthy"),
      target: ["unhealthy", "Target.ResponseCodeMismatch", unreachable503],
      ...sick("sick", unreachable503),
    },
    "port-closed": {
      fault: by("port-closed", "ports-unreachable"),
      target: ["unhealthy", "Target.Timeout", "Request timed out"],
      ...sick("port-closed", "Request timed out"),
    },
    slow: {
      fault: by("slow", "slow-start", "1200"),
      target: ["unhealthy", "Target.FailedHealthChecks", "Health checks failed"],
      ...sick("slow", "Health checks failed"),
    },
    "database-closed": {
      fault: by("database-closed", "database-unreachable"),
      environment: { DB_HOST: "shop.abc.eu-central-1.rds.amazonaws.com" },
      target: ["unhealthy", "Target.ResponseCodeMismatch", unreachable503],
      ...sick("database-closed", unreachable503),
      log: "connect ETIMEDOUT shop.abc.eu-central-1.rds.amazonaws.com:5432",
    },
  };
}
