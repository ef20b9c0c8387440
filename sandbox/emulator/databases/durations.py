"""TABLE of how long things take for a database, in seconds of the sandbox's time.

AWS promises none of these: "several minutes", "up to 20 minutes" for a new one (RDS user guide, getting started), 7
minutes seen in the field. They are shorter here, in the proportions that one sees.
"""

from dataclasses import dataclass

# CreateDBInstance: creating, then the first automated backup when backups are kept.
CREATING = 150
FIRST_BACKUP = 30
# RestoreDBInstanceFromDBSnapshot, RestoreDBInstanceToPointInTime: longer than a new one, blocks come from S3.
RESTORING = 240
# "A DB instance reboot ... a momentary outage": one to two minutes are usual (USER_RebootInstance).
REBOOTING = 60
# Unquantified by AWS (USER_StopInstance): the data is synchronised first.
STOPPING = 120
STARTING = 150
# "If you don't manually start your DB instance after it is stopped for seven consecutive days, RDS starts it."
STOPPED_AT_MOST = 7 * 24 * 3600
SNAPSHOT = 90
COPYING_SNAPSHOT = 60
DELETING = 90
# "You can't make further storage modifications until six hours after storage optimization is completed" (PIOPS.StorageTypes).
STORAGE_REST = 6 * 3600
# Logs go to S3 every five minutes (USER_PIT).
LOG_UPLOAD = 300


@dataclass(frozen=True)
class Change:
    """What changing one setting does to the database."""

    status: str
    seconds: int
    # Name in PendingModifiedValues; None for what is done at once, whatever ApplyImmediately says.
    pending: str | None
    is_storage: bool = False


# Of a setting that is not here nobody sees a status: it is done at once (Overview.DBInstance.Modifying, settings table).
CHANGES = {
    "engine_version": Change("upgrading", 600, "EngineVersion"),
    "db_instance_class": Change("modifying", 300, "DBInstanceClass"),
    "multi_az": Change("modifying", 300, "MultiAZ"),
    "allocated_storage": Change("modifying", 60, "AllocatedStorage", is_storage=True),
    "storage_type": Change("modifying", 60, "StorageType", is_storage=True),
    "iops": Change("modifying", 60, "Iops", is_storage=True),
    "storage_throughput": Change("modifying", 60, "StorageThroughput", is_storage=True),
    "backup_retention_period": Change("modifying", 60, "BackupRetentionPeriod"),
    "new_db_instance_identifier": Change("renaming", 120, "DBInstanceIdentifier"),
    "enable_iam_database_authentication": Change("configuring-iam-database-auth", 30, None),
    "master_user_password": Change("resetting-master-credentials", 30, None),
    "db_port_number": Change("rebooting", 60, None),
    "monitoring_interval": Change("configuring-enhanced-monitoring", 30, None),
    "cloudwatch_logs_export_configuration": Change("configuring-log-exports", 30, None),
}

# After a change of storage: usable meanwhile.
STORAGE_OPTIMIZATION = 900
