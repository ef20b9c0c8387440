/** placeholder, the full table comes with the Alarms component */
export const alarmRuleNames = [
  "error-rate", "latency-p95", "latency-average", "load-balancer-5xx", "healthy-targets", "unhealthy-targets",
  "service-cpu", "service-memory", "running-below-desired",
  "database-cpu", "database-free-storage", "database-free-storage-percent", "database-connections",
] as const;
