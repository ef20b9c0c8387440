/** What a rule watches; it makes one alarm for each of them. */
export type AlarmScope = "loadBalancer" | "targetGroup" | "service" | "database";

/** A metric of AWS; its dimensions come from what is watched. */
export interface Metric {
  readonly namespace: "AWS/ApplicationELB" | "AWS/ECS" | "ECS/ContainerInsights" | "AWS/RDS";
  readonly name: string;
  readonly statistic: "Sum" | "Average" | "Minimum" | "Maximum" | "p95";
}

/**
 * One metric as it is, or an expression over several. In an expression a value that is missing counts as 0, and a
 * division by zero gives no value (CloudWatch user guide, "Using metric math").
 */
export type Measure =
  | { readonly kind: "metric"; readonly metric: Metric }
  | { readonly kind: "math"; readonly expression: string; readonly metrics: Readonly<Record<string, Metric>> };

export interface AlarmRule {
  readonly scope: AlarmScope;
  /** What is measured, in words that go before "is above 5 percent". */
  readonly measures: string;
  /** Unit of the threshold in configuration. */
  readonly unit: "percent" | "seconds" | "targets" | "tasks" | "responses" | "connections" | "GiB";
  readonly measure: Measure;
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  /** What a period without data means. */
  readonly missingData: "breaching" | "notBreaching" | "missing";
  /** How the threshold becomes the metric's own unit. @default it is in that unit */
  readonly thresholdIn?: "gibibytes" | "shareOfStorage";
  /** Two slots are watched as one: what counts is their sum. @default each on its own */
  readonly slotsTogether?: true;
  /** A release goes back, or does not start, while this alarm fires. */
  readonly stopsRelease: boolean;
  readonly why: string;
}

const edge = (name: string, statistic: Metric["statistic"]): Metric => ({
  namespace: "AWS/ApplicationELB",
  name,
  statistic,
});
const ecs = (name: string): Metric => ({ namespace: "AWS/ECS", name, statistic: "Average" });
const insights = (name: string): Metric => ({ namespace: "ECS/ContainerInsights", name, statistic: "Average" });
const rds = (name: string, statistic: Metric["statistic"]): Metric => ({ namespace: "AWS/RDS", name, statistic });
const single = (metric: Metric): Measure => ({ kind: "metric", metric });

/** Every kind of alarm. Configuration chooses among them and sets the limits; a new kind is one entry here. */
export const alarmRules = {
  "error-rate": {
    scope: "targetGroup",
    measures: "Share of failed requests",
    unit: "percent",
    // A target that refuses the connection answers nothing; the load balancer's own 502 is not counted by target group.
    measure: {
      kind: "math",
      expression: "100 * (failed + refused) / requests",
      metrics: {
        failed: edge("HTTPCode_Target_5XX_Count", "Sum"),
        refused: edge("TargetConnectionErrorCount", "Sum"),
        requests: edge("RequestCount", "Sum"),
      },
    },
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "Users see errors. A share and not a count, and no data is no traffic, so a quiet night does not alarm.",
  },
  "latency-p95": {
    scope: "targetGroup",
    measures: "Response time (p95)",
    unit: "seconds",
    measure: single(edge("TargetResponseTime", "p95")),
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "One user in twenty waits longer than promised.",
  },
  "latency-average": {
    scope: "targetGroup",
    measures: "Response time (average)",
    unit: "seconds",
    measure: single(edge("TargetResponseTime", "Average")),
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "The service as a whole has become slow.",
  },
  "load-balancer-5xx": {
    scope: "loadBalancer",
    measures: "Errors made by the load balancer itself",
    unit: "responses",
    measure: single(edge("HTTPCode_ELB_5XX_Count", "Sum")),
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "Requests found no target, or its answer came too late or broken; the targets' own counts do not show it.",
  },
  "healthy-targets": {
    scope: "targetGroup",
    measures: "Healthy targets",
    unit: "targets",
    measure: single(edge("HealthyHostCount", "Minimum")),
    comparison: "LessThanThreshold",
    // The metric of an empty group does not read 0, it vanishes.
    missingData: "breaching",
    // The idle slot has no targets by design; only both empty means that the service is down.
    slotsTogether: true,
    stopsRelease: true,
    why: "Nothing is left that could answer: the service is down.",
  },
  "unhealthy-targets": {
    scope: "targetGroup",
    measures: "Unhealthy targets",
    unit: "targets",
    // The minimum over the load balancer's nodes: all of them agree.
    measure: single(edge("UnHealthyHostCount", "Minimum")),
    comparison: "GreaterThanOrEqualToThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "Some tasks run and do not answer their health check.",
  },
  "service-cpu": {
    scope: "service",
    measures: "CPU utilization",
    unit: "percent",
    measure: single(ecs("CPUUtilization")),
    comparison: "GreaterThanThreshold",
    // A slot that runs no task has no data.
    missingData: "notBreaching",
    stopsRelease: true,
    why: "The tasks have no head room left for a peak.",
  },
  "service-memory": {
    scope: "service",
    measures: "Memory utilization",
    unit: "percent",
    measure: single(ecs("MemoryUtilization")),
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    stopsRelease: true,
    why: "A task that reaches its limit is killed (exit code 137).",
  },
  "running-below-desired": {
    scope: "service",
    measures: "Tasks missing from the desired count",
    unit: "tasks",
    measure: {
      kind: "math",
      expression: "desired - running",
      metrics: { desired: insights("DesiredTaskCount"), running: insights("RunningTaskCount") },
    },
    comparison: "GreaterThanThreshold",
    missingData: "notBreaching",
    // Every deployment makes this so for a while, and a release counts its own tasks.
    stopsRelease: false,
    why: "Tasks stop and do not come back, or cannot be started.",
  },
  "database-cpu": {
    scope: "database",
    measures: "Database CPU utilization",
    unit: "percent",
    measure: single(rds("CPUUtilization", "Average")),
    comparison: "GreaterThanThreshold",
    missingData: "missing",
    stopsRelease: false,
    why: "Queries queue up. All services share the database, so it does not judge one of them.",
  },
  "database-free-storage": {
    scope: "database",
    measures: "Free database storage",
    unit: "GiB",
    measure: single(rds("FreeStorageSpace", "Minimum")),
    comparison: "LessThanThreshold",
    missingData: "missing",
    thresholdIn: "gibibytes",
    stopsRelease: false,
    why: "A full disk stops the database.",
  },
  "database-free-storage-percent": {
    scope: "database",
    measures: "Free database storage",
    unit: "percent",
    measure: single(rds("FreeStorageSpace", "Minimum")),
    comparison: "LessThanThreshold",
    missingData: "missing",
    thresholdIn: "shareOfStorage",
    stopsRelease: false,
    why: "A full disk stops the database.",
  },
  "database-connections": {
    scope: "database",
    measures: "Database connections",
    unit: "connections",
    measure: single(rds("DatabaseConnections", "Maximum")),
    comparison: "GreaterThanThreshold",
    missingData: "missing",
    // While both slots run they hold twice as many.
    stopsRelease: false,
    why: "New connections are refused once the database's limit is reached.",
  },
} as const satisfies Readonly<Record<string, AlarmRule>>;

export type AlarmRuleName = keyof typeof alarmRules;

/** Names of all rules, in the order of the table. */
export const alarmRuleNames = Object.keys(alarmRules) as [AlarmRuleName, ...AlarmRuleName[]];
