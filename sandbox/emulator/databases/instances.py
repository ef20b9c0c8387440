"""Birth and death of a database, and its sleep."""

import clock
from databases import backups, durations, faults
from databases.settling import EFFECTS
from repairs.databases import new_resource_id


def begin(backend, database, creating):
    """A new one: its first backup is taken before it is available."""
    life = database.life
    keeps_backups = bool(database.backup_retention_period)
    now = clock.now()
    backup = [("backing-up", durations.FIRST_BACKUP)] if keeps_backups else []
    life.go(now, ("creating", creating), *backup)
    if keeps_backups:
        backups.plan_first(life, now + creating)
    backups.plan_daily(database, now + creating)


def live_and_die():
    """A database is there at once and gone at once, needs no name for its last snapshot, and obeys in every state."""
    from moto.rds.models import DBInstance, RDSBackend

    create, delete = RDSBackend.create_db_instance, RDSBackend.delete_db_instance
    replicate, endpoint = RDSBackend.create_db_instance_read_replica, DBInstance.endpoint.fget

    def create_db_instance(self, settings):
        database = create(self, settings)
        # Members of a cluster follow the cluster, which has no life here.
        if database.db_cluster_identifier is None:
            begin(self, database, durations.CREATING)
        return database

    def create_db_instance_read_replica(self, settings):
        replica = replicate(self, settings)
        # moto copies the primary field by field, its life included.
        replica.status = "available"
        replica.dbi_resource_id = new_resource_id()
        begin(self, replica, durations.RESTORING)
        return replica

    def delete_db_instance(
        self,
        db_instance_identifier,
        final_db_snapshot_identifier=None,
        skip_final_snapshot=False,
        delete_automated_backups=True,
    ):
        database = self.describe_db_instances(db_instance_identifier)[0]
        if database.db_cluster_identifier is not None:
            return delete(self, db_instance_identifier, None, True, delete_automated_backups)
        may_delete(database, final_db_snapshot_identifier, skip_final_snapshot)
        life, now, saving = database.life, clock.now(), 0
        if final_db_snapshot_identifier:
            self.create_db_snapshot(db_instance_identifier, final_db_snapshot_identifier)
            saving = durations.SNAPSHOT
        gone = life.go(now, ("deleting", saving + durations.DELETING), last="deleting")
        life.due = []
        life.add(gone, "end", keeps_backups=delete_automated_backups is False)
        return database

    def end(backend, database, at, keeps_backups):
        delete(backend, database.db_instance_identifier, None, True, not keeps_backups)

    EFFECTS["end"] = end
    RDSBackend.create_db_instance = create_db_instance
    RDSBackend.create_db_instance_read_replica = create_db_instance_read_replica
    RDSBackend.delete_db_instance = delete_db_instance
    # The first backup is taken when there is something to save.
    DBInstance.save_automated_backup = lambda self: None
    # There is no address before the machine is there.
    DBInstance.endpoint = property(lambda self: None if self.status == "creating" else endpoint(self))
    DBInstance.latest_restorable_time = property(latest_restorable_time)
    DBInstance.automatic_restart_time = property(automatic_restart_time)


def may_delete(database, final_snapshot, skips):
    identifier = database.db_instance_identifier
    if database.status == "deleting":
        faults.refuse_state(f"Instance {identifier} is already being deleted.")
    if database.deletion_protection:
        faults.refuse(
            "InvalidParameterCombination",
            "Cannot delete protected DB Instance, please disable deletion protection and try again.",
        )
    if skips and final_snapshot:
        faults.refuse(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier cannot be specified when SkipFinalSnapshot is specified.",
        )
    if not skips and not final_snapshot:
        faults.refuse(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
        )


def latest_restorable_time(self):
    """Behind the present by the upload of the logs, and none before there is a backup."""
    if self.status == "creating" or not self.backup_retention_period:
        return None
    return max(clock.utc(clock.now() - durations.LOG_UPLOAD), self.created)


def automatic_restart_time(self):
    now = clock.now()
    return clock.utc(self.life.phase_end(now)) if self.life.status(now) == "stopped" else None


def stop_and_start():
    """Stopping, starting and rebooting take no time, and a stopped database stays stopped for good."""
    from moto.rds.models import Event, RDSBackend

    Event.EVENT_MAP.update(
        {
            # RDS-EVENT-0087, -0088, -0154 and -0006 (USER_Events.Messages).
            "SLIPWAY_STOPPED": {"Categories": ["notification"], "Message": "DB instance stopped"},
            "SLIPWAY_STARTED": {"Categories": ["notification"], "Message": "DB instance started"},
            "SLIPWAY_STARTED_BY_ITSELF": {
                "Categories": ["notification"],
                "Message": "DB instance is being started due to it exceeding the maximum allowed time being stopped.",
            },
            "SLIPWAY_RESTARTED": {"Categories": ["availability"], "Message": "DB instance restarted"},
        }
    )
    stop, start = RDSBackend.stop_db_instance, RDSBackend.start_db_instance

    def stop_db_instance(self, db_instance_identifier, db_snapshot_identifier=None):
        life = self.describe_db_instances(db_instance_identifier)[0].life
        # moto refuses what cannot be stopped, and takes the snapshot; its answer to the status is put aside.
        database = stop(self, db_instance_identifier, db_snapshot_identifier)
        database.life, now = life, clock.now()
        saving = [("backing-up", durations.SNAPSHOT)] if db_snapshot_identifier else []
        steps = [*saving, ("stopping", durations.STOPPING)]
        stopped = life.go(now, *steps, ("stopped", durations.STOPPED_AT_MOST), ("starting", durations.STARTING))
        again = stopped - durations.STARTING
        # A stopped database forgets what was to be changed in the next maintenance window.
        database.pending = {}
        life.drop("maintenance")
        life.drop("event")
        life.add(again - durations.STOPPED_AT_MOST, "event", event="SLIPWAY_STOPPED")
        life.add(again, "event", event="SLIPWAY_STARTED_BY_ITSELF")
        life.add(stopped, "event", event="SLIPWAY_STARTED")
        return database

    def start_db_instance(self, db_instance_identifier):
        life = self.describe_db_instances(db_instance_identifier)[0].life
        database = start(self, db_instance_identifier)
        database.life = life
        database.needs_reboot = False
        life.drop("event")
        life.add(life.go(clock.now(), ("starting", durations.STARTING)), "event", event="SLIPWAY_STARTED")
        return database

    def reboot_db_instance(self, db_instance_identifier):
        database = self.describe_db_instances(db_instance_identifier)[0]
        if database.status not in faults.USABLE:
            faults.refuse_state("Instance cannot currently reboot due to an in-progress management operation.")
        database.needs_reboot = False
        end = database.life.interrupt(clock.now(), "rebooting", durations.REBOOTING)
        database.life.add(end, "event", event="SLIPWAY_RESTARTED")
        return database

    RDSBackend.stop_db_instance = stop_db_instance
    RDSBackend.start_db_instance = start_db_instance
    RDSBackend.reboot_db_instance = reboot_db_instance
