/** Port of PostgreSQL. */
export const postgresPort = 5432;

/** `15` and `15.8` have the same parameter group family. */
export const parameterFamily = (engineVersion: string): string => `postgres${engineVersion.split(".")[0]}`;

/** A version without a minor part is kept current by AWS; `15.8` means exactly that one. */
export const followsMinorVersions = (engineVersion: string): boolean => !engineVersion.includes(".");

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** Connections without TLS are refused unless the configuration says otherwise. */
const defaults: Readonly<Record<string, string>> = { "rds.force_ssl": "1" };

/**
 * Parameters that PostgreSQL reads at its start only; AWS refuses to apply them at once. Source: PostgreSQL 15
 * documentation, "can only be set at server start", and the static `rds.` parameters of the RDS user guide.
 */
const staticParameters: ReadonlySet<string> = new Set([
  "autovacuum_freeze_max_age",
  "autovacuum_max_workers",
  "autovacuum_multixact_freeze_max_age",
  "cron.database_name",
  "huge_pages",
  "max_connections",
  "max_files_per_process",
  "max_locks_per_transaction",
  "max_logical_replication_workers",
  "max_pred_locks_per_transaction",
  "max_prepared_transactions",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "old_snapshot_threshold",
  "pg_stat_statements.max",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
  "superuser_reserved_connections",
  "track_activity_query_size",
  "track_commit_timestamp",
  "wal_buffers",
]);

/** The parameter group's content in the order of names, so that the order in the file changes nothing. */
export function parametersOf(configured: Readonly<Record<string, string | number | boolean>>): Parameter[] {
  return Object.entries({ ...defaults, ...configured })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value: parameterText(value),
      applyMethod: staticParameters.has(name) ? "pending-reboot" : "immediate",
    }));
}

/** RDS writes switches as 1 and 0. */
const parameterText = (value: string | number | boolean): string =>
  typeof value === "boolean" ? (value ? "1" : "0") : String(value);
