import type { Identity } from "./identity";

/** One answer of the program. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a request is answered by. */
export interface Situation {
  readonly identity: Identity;
  /** False: health and readiness are answered with 503. */
  readonly isWell: boolean;
  /** This request is one of those that fail. */
  readonly fails: boolean;
  /** ISO. */
  readonly timestamp: string;
}

type Answer = (situation: Situation) => Readonly<Record<string, unknown>>;

const health: Answer = ({ identity, isWell, timestamp }) => ({
  status: isWell ? identity.healthy : "unhealthy",
  version: identity.version,
  timestamp,
});

const apiHealth: Answer = ({ identity, isWell, timestamp }) => ({
  status: isWell ? "ok" : "error",
  service: identity.service,
  version: identity.version,
  timestamp,
});

const ready: Answer = ({ identity, isWell }) => ({
  ready: isWell,
  service: identity.service,
  version: identity.version,
  checks: { database: isWell ? "ok" : "error" },
});

const alive: Answer = ({ isWell }) => ({ status: isWell ? "ok" : "error" });

/** Paths by which programs are asked for their health, in the shapes that the systems' documents give. */
const healthPaths: Readonly<Record<string, Answer>> = {
  "/health": health,
  "/healthz": health,
  "/api/health": apiHealth,
  "/api/ready": ready,
  "/ready": ready,
  "/readyz": ready,
  "/live": alive,
  "/livez": alive,
  "/ping": alive,
};

/** True for what asks after the program's health: such a path, or the load balancer's own client on any path. */
export const isHealthRequest = (path: string, userAgent: string | undefined): boolean =>
  Object.hasOwn(healthPaths, path) || (userAgent?.startsWith("ELB-HealthChecker/") ?? false);

/** What the program answers: its health, an error, or who it is. */
export function replyTo(path: string, asksHealth: boolean, situation: Situation): Reply {
  const { identity, isWell, fails } = situation;
  if (asksHealth) {
    const answer = Object.hasOwn(healthPaths, path) ? healthPaths[path] : undefined;
    return { status: isWell ? 200 : 503, body: (answer ?? alive)(situation) };
  }
  if (fails) return { status: 500, body: { error: "Internal Server Error", service: identity.service } };
  const { service, version, taskId, container } = identity;
  return { status: 200, body: { service, version, task: taskId, container, path } };
}
