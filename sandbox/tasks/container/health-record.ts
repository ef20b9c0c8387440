import type { Health } from "../../model/tasks";
import type { HealthCheck } from "../definition";

/** Health of a container after some checks. */
export interface HealthRecord {
  readonly health: Health;
  /** In a row. */
  readonly failures: number;
}

/** Before the first check. */
export const unknownHealth: HealthRecord = { health: "UNKNOWN", failures: 0 };

/**
 * After one more check. A success counts at once; failures count once the start period is over or a check has passed,
 * and make the container unhealthy when there are `retries` in a row (API reference, HealthCheck).
 *
 * @param runningMs since the container started
 */
export function afterCheck(
  record: HealthRecord,
  { retries, startPeriod }: Pick<HealthCheck, "retries" | "startPeriod">,
  runningMs: number,
  hasPassed: boolean,
): HealthRecord {
  if (hasPassed) return { health: "HEALTHY", failures: 0 };
  if (record.health === "UNKNOWN" && runningMs < startPeriod * 1000) return record;
  const failures = record.failures + 1;
  return { health: failures >= retries ? "UNHEALTHY" : record.health, failures };
}
