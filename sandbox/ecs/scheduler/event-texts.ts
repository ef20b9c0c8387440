const listed = (ids: readonly string[]): string => ids.map((id) => `(task ${id})`).join(" ");

/** Messages of a service, word for word; see "Amazon ECS service event messages" in the developer guide. */
export const eventTexts = {
  started: (service: string, ids: readonly string[], replaced: number) =>
    `(service ${service}) has started ${ids.length} tasks: ${listed(ids)}.` +
    (replaced > 0 ? ` Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : ""),
  stopped: (service: string, ids: readonly string[]) =>
    `(service ${service}) has stopped ${ids.length} running tasks: ${listed(ids)}.`,
  registered: (service: string, count: number, group: string) =>
    `(service ${service}) registered ${count} targets in (target-group ${group})`,
  deregistered: (service: string, count: number, group: string) =>
    `(service ${service}) deregistered ${count} targets in (target-group ${group})`,
  notRegistered: (service: string, group: string, error: string) =>
    `(service ${service}) failed to register targets in (target-group ${group}) with (error ${error})`,
  draining: (service: string, deploymentId: string, count: number) =>
    `(service ${service}, taskSet ${deploymentId}) has begun draining connections on ${count} tasks.`,
  completed: (service: string, deploymentId: string) =>
    `(service ${service}) (deployment ${deploymentId}) deployment completed.`,
  steady: (service: string) => `(service ${service}) has reached a steady state.`,
  /** `reason`: `tasks failed to start.`, `alarm detected.` */
  deploymentFailed: (service: string, deploymentId: string, reason: string) =>
    `(service ${service}) (deployment ${deploymentId}) deployment failed: ${reason}`,
  rollingBack: (service: string, deploymentId: string) =>
    `(service ${service}) rolling back to deployment ${deploymentId}.`,
  unhealthyTarget: (service: string, task: string, port: number, group: string, reason: string) =>
    `(service ${service}) (task ${task}) (port ${port}) is unhealthy in (target-group ${group}) due to (reason ${reason})`,
  unhealthyContainer: (service: string, task: string) =>
    `(service ${service}) (task ${task}) failed container health checks.`,
  notPlaced: (service: string, reason: string) =>
    `(service ${service}) was unable to place a task. Reason: ${reason.replace(/\.$/, "")}.`,
  inconsistentStarts: (service: string) => `(service ${service}) is unable to consistently start tasks successfully.`,
  heldByProtection: (service: string, deploymentId: string) =>
    `(service ${service}) was unable to reach steady state because task set (${deploymentId}) was unable to scale in. ` +
    "Reason: The number of protected tasks are more than the desired count of tasks.",
  stuck: (service: string) =>
    `(service ${service}) was unable to stop or start tasks during a deployment because of the service deployment ` +
    "configuration. Update the minimumHealthyPercent or maximumPercent value and try again.",
} as const;

/** `rolloutStateReason`. The ones of an alarm and of a stop are not published. */
export const rolloutReasons = {
  inProgress: (id: string) => `ECS deployment ${id} in progress.`,
  completed: (id: string) => `ECS deployment ${id} completed.`,
  breaker: () => "ECS deployment circuit breaker: tasks failed to start.",
  breakerRollback: (id: string) => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
  alarm: () => "ECS deployment failed: alarm detected.",
  stopped: (id: string) => `ECS deployment ${id} stopped.`,
  rollback: (id: string) => `ECS deployment rolling back to deploymentId ${id}.`,
} as const;

/** `stoppedReason` of the tasks that the scheduler stops. */
export const stopReasons = {
  scaling: (deploymentId: string) => `Scaling activity initiated by (deployment ${deploymentId})`,
  target: (group: string) => `Task failed ELB health checks in (target-group ${group})`,
  container: () => "Task failed container health checks",
} as const;
