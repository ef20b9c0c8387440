const second = 1000;
const minute = 60 * second;

/**
 * How long the scheduler takes, in milliseconds of the sandbox's time. Figures without a page of AWS were seen in the
 * event logs of real services; AWS promises none of them.
 */
export const timings = {
  /** Events of one service fall on a grid of about 10 s. */
  step: 10 * second,
  /** minimumHealthyPercent: a task without any check counts 40 s after RUNNING. API_DeploymentConfiguration. */
  healthyWithoutChecks: 40 * second,
  /** "has stopped" to "deregistered": 9.7 to 10.2 s. */
  stopToDeregistration: 10 * second,
  /** A container ends by itself until its target is taken out: 31 s; its replacement starts 0.7 s later. */
  exitToDeregistration: 29 * second,
  /** Last failure until "deployment failed: tasks failed to start": 37, 44 and 64 s. */
  failureToBreaker: 40 * second,
  /** Alarm in ALARM until "deployment failed: alarm detected": 21 s. */
  alarmToFailure: 20 * second,
  /** ECS works the bake time of alarms out of their settings and does not publish how; this is five periods of a minute. */
  alarmBake: 5 * minute,
  /** Nothing is left to do in a rollback until it is complete: 79 s from its start, with a healthy task all the time. */
  rollbackSettle: 60 * second,
  /**
   * Waits after the first, second, ... start in a row that failed before RUNNING; the last one stays. Pull failures came
   * after 2.5, 4.8 and 11 min; "up to 15 minutes": service-throttle-logic in the developer guide.
   */
  startBackOff: [30 * second, 5 * minute, 10 * minute, 15 * minute],
  /** A message is told again after 6 hours: service-event-messages in the developer guide. */
  eventRepeat: 6 * 60 * minute,
} as const;
