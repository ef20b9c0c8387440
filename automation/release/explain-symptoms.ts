/** Where a symptom shows: what ECS says of a task or its containers, how a container ended, the events, the targets, the program's own lines. */
export type Source = "stop" | "exit" | "event" | "target" | "log";

/** `cause`: why; `end`: how a container ended, which has a cause; `sight`: what is seen from outside, which has one too. */
export type Depth = "cause" | "end" | "sight";

interface Symptom {
  readonly depth: Depth;
  readonly in: readonly Source[];
  readonly pattern: RegExp;
  /** What it means. */
  readonly means: string;
  /** What to look at, in the order of how often it is that. */
  readonly advice: string;
}

const start: readonly Source[] = ["stop", "event"];

/**
 * TABLE of what keeps a version from running. Of one depth the first that fits says most. Texts are those of ECS and the agent
 * ("Stopped tasks error codes" in the ECS guide).
 */
export const symptoms = {
  "image-platform": {
    depth: "cause",
    in: start,
    pattern: /does not contain descriptor matching platform|exec format error/i,
    means: "The image was built for another processor.",
    advice: "Build it for the task's architecture (`docker buildx build --platform linux/amd64`) and push it.",
  },
  "pull-denied": {
    depth: "cause",
    in: start,
    pattern: /(CannotPull|can.t pull the image).*(403|forbidden|denied|not authorized)|pull access denied/i,
    means: "The registry refuses to give the image away.",
    advice:
      "Wrong account or registry in the reference? A repository of another account needs a policy that lets this one " +
      "in; the execution role needs ecr:GetAuthorizationToken and ecr:BatchGetImage.",
  },
  "image-missing": {
    depth: "cause",
    in: start,
    pattern: /CannotPull.*(not found|manifest unknown|does not exist|API error \(404\))/i,
    means: "The registry does not have this image or tag.",
    advice: "Push it, or release a tag that is there; a lifecycle policy may have expired it.",
  },
  "pull-limit": {
    depth: "cause",
    in: start,
    pattern: /toomanyrequests|pull rate limit/i,
    means: "The registry refuses so many pulls.",
    advice: "Use Amazon ECR or its pull-through cache instead of Docker Hub.",
  },
  "disk-full": {
    depth: "cause",
    in: [...start, "log"],
    pattern: /no space left on device|ENOSPC/i,
    means: "The task's disk is full.",
    advice: "A smaller image, or more ephemeral storage (20 GiB is the default).",
  },
  "registry-unreachable": {
    depth: "cause",
    in: start,
    pattern: /CannotPull.*(timeout|timed out|request canceled|no such host|connection re|deadline exceeded)/i,
    means: "The task cannot reach the registry.",
    advice:
      "Private subnets need a NAT gateway, or endpoints for ecr.api, ecr.dkr and S3; the tasks' security group must let 443 out.",
  },
  "secret-missing": {
    depth: "cause",
    in: start,
    pattern:
      /ResourceInitialization.*secret.*(ResourceNotFound|can.t find the specified secret|ParameterNotFound|invalid parameters)/i,
    means: "A secret that the task needs is not there, or has no value yet.",
    advice: "Give it a value; compare the name or ARN under the container's `secrets` with what exists.",
  },
  "secret-key": {
    depth: "cause",
    in: start,
    pattern: /ResourceInitialization.*(did not contain json key|invalid character)/i,
    means: "A secret has no such JSON field.",
    advice: "Compare `key` under the container's `secrets` with the fields of the value.",
  },
  "secret-denied": {
    depth: "cause",
    in: start,
    pattern: /ResourceInitialization.*(AccessDenied|not authorized to perform: (secretsmanager|ssm|kms))/i,
    means: "The execution role may not read a secret, or not sign in to the registry.",
    advice:
      "Allow it secretsmanager:GetSecretValue or ssm:GetParameters, kms:Decrypt for a key of its own, and ecr:GetAuthorizationToken.",
  },
  "log-group-missing": {
    depth: "cause",
    in: start,
    pattern: /ResourceInitialization.*(log group does not exist|create Cloudwatch log stream|validate logger args)/i,
    means: "The log group of a container is not there, or cannot be written.",
    advice: "`slipway drift` shows whether it was deleted; `slipway up` makes it again.",
  },
  "secrets-unreachable": {
    depth: "cause",
    in: start,
    pattern: /ResourceInitialization.*(connection issue|timeout|timed out|deadline exceeded|RequestCanceled)/i,
    means: "The task cannot reach Secrets Manager or Parameter Store.",
    advice:
      "Private subnets need a NAT gateway or an endpoint; the tasks' security group must let 443 out, the endpoint's let it in.",
  },
  "no-capacity": {
    depth: "cause",
    in: start,
    pattern: /Capacity is unavailable|RESOURCE:(FARGATE|CPU|MEMORY|ENI)|reached the limit on|above your limit/i,
    means: "AWS has no room for a task, or the account's limit is reached.",
    advice: "Try again later, use another zone, or ask for a higher quota (vCPUs of Fargate).",
  },
  "command-missing": {
    depth: "cause",
    in: ["stop", "log"],
    pattern: /CannotStartContainer|executable file not found|Cannot find module|ModuleNotFoundError|ClassNotFound/i,
    means: "The program, or a part of it, is not in the image.",
    advice: "Run the image by hand; look at its entry point and at the container's `command`.",
  },
  "out-of-memory": {
    depth: "cause",
    in: ["exit", "stop"],
    pattern: /OutOfMemory|killed due to memory/i,
    means: "The container needs more memory than it has.",
    advice: "Raise the service's `memory` (for example from 2048 to 4096), then `slipway up` and release again.",
  },
  "heap-full": {
    depth: "cause",
    in: ["log"],
    pattern: /heap out of memory|java\.lang\.OutOfMemoryError|MemoryError/i,
    means: "The program ran into the limit of its own heap.",
    advice: "Raise the service's `memory` and the heap's limit (`NODE_OPTIONS=--max-old-space-size`, `-Xmx`).",
  },
  "database-credentials": {
    depth: "cause",
    in: ["log"],
    pattern: /(password|SASL) authentication failed|no pg_hba\.conf entry|Access denied for user/i,
    means: "The database refuses the user or the password.",
    advice: "Look at the database's secret: rotated, or another environment's?",
  },
  "database-unreachable": {
    depth: "cause",
    in: ["log"],
    pattern:
      /(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|connection refused|timed? ?out).*(:?5432|:?3306|postgres|mysql|database|rds\.)|(5432|3306|postgres|mysql|database|rds\.).*(ECONNREFUSED|ETIMEDOUT|refused|timed? ?out|could not connect)|(ENOTFOUND|getaddrinfo).*(rds\.|postgres|database)|could not connect to server|can.t reach database/i,
    means: "The program cannot reach its database.",
    advice:
      "Is the instance `available`? Its security group must let 5432 in from the tasks' group; then host and port in the secret.",
  },
  "configuration-missing": {
    depth: "cause",
    in: ["log"],
    pattern:
      /(missing|required|undefined|not set|unset).{0,40}\b(env|environment variable|configuration)|(environment variable|env var|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b).{0,20}(is )?(missing|required|not set|not defined|undefined)/i,
    means: "The program misses a setting.",
    advice: "Add it under the container's `environment` or `secrets`, then `slipway up`.",
  },
  "port-taken": {
    depth: "cause",
    in: ["log"],
    pattern: /EADDRINUSE|address already in use/i,
    means: "Two containers of the task want the same port.",
    advice: "Containers of one task share their network: give each its own `port`.",
  },
  "segmentation-fault": {
    depth: "end",
    in: ["exit"],
    pattern: /\bcode 139\b/,
    means: "A native part of the program crashed.",
    advice: "Often a library that was built for another system: compare the base image with the last good one.",
  },
  "killed-at-stop": {
    depth: "end",
    in: ["exit"],
    pattern: /\bcode 137\b/,
    means: "The container was killed from outside: it did not end within the stop timeout, or memory ran out unseen.",
    advice: "Let the program end on SIGTERM; compare its memory with the service's `memory`.",
  },
  "failed-at-start": {
    depth: "end",
    in: ["exit"],
    pattern: /\bcode (?!0\b|137\b|139\b|143\b)\d+\b/,
    means: "The program ends by itself with an error.",
    advice: "Its last lines say why. Secrets and environment variables are the usual reasons.",
  },
  "ended-by-itself": {
    depth: "end",
    in: ["exit"],
    pattern: /\bcode 0\b/,
    means: "The program ends without an error, and a service must not end.",
    advice: "Look at the container's `command`: does it start a server, and in the foreground?",
  },
  "health-answer": {
    depth: "sight",
    in: ["target", "event"],
    pattern: /ResponseCodeMismatch|failed with these codes/i,
    means: "The program answers the health check with the wrong code.",
    advice:
      "Compare `path` and `matcher` of the health check with what the program serves; 503 often means its database.",
  },
  "health-timeout": {
    depth: "sight",
    in: ["target", "event"],
    pattern: /Target\.Timeout|Request timed out/i,
    means: "The health check gets no answer in time.",
    advice:
      "Does the program listen on the container's `port` on all addresses (0.0.0.0)? The tasks' security group must let the load balancer's in.",
  },
  "health-refused": {
    depth: "sight",
    in: ["target"],
    pattern: /FailedHealthChecks|Health checks failed(?! with)/i,
    means: "The health check cannot connect to the program.",
    advice: "Does the program listen on the container's `port`, on 0.0.0.0 and not on localhost only?",
  },
  "health-late": {
    depth: "sight",
    in: ["stop", "event"],
    pattern: /failed ELB health checks|failed container health checks|failed to achieve stability/i,
    means: "Tasks were replaced because they were not healthy in time.",
    advice: "Migrations that take longer than `gracePeriodSeconds`? Raise it, or migrate before the release.",
  },
} as const satisfies Readonly<Record<string, Symptom>>;

export type SymptomName = keyof typeof symptoms;
