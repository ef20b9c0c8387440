"""Snapshots take time, and so do the databases that are made of them."""

import datetime

import clock
from databases import durations, faults
from databases.instances import begin


def take_time():
    """A snapshot is `available` the moment it is asked for, whatever its database is doing."""
    from moto.rds.models import DBSnapshot, RDSBackend

    create, copy, delete = RDSBackend.create_db_snapshot, RDSBackend.copy_db_snapshot, RDSBackend.delete_db_snapshot

    def create_db_snapshot(self, db_instance_identifier, *args, snapshot_type="manual", **kwargs):
        database = self.describe_db_instances(db_instance_identifier)[0]
        if snapshot_type != "manual":
            return create(self, db_instance_identifier, *args, snapshot_type=snapshot_type, **kwargs)
        faults.must_take_snapshot(database)
        snapshot = create(self, db_instance_identifier, *args, snapshot_type=snapshot_type, **kwargs)
        now = clock.now()
        snapshot.take_until(now, database.life.interrupt(now, "backing-up", durations.SNAPSHOT))
        return snapshot

    def copy_db_snapshot(self, source_db_snapshot_identifier, *args, **kwargs):
        faults.must_be_ready(self.get_db_snapshot(source_db_snapshot_identifier), "copy")
        snapshot = copy(self, source_db_snapshot_identifier, *args, **kwargs)
        snapshot.take_until(clock.now(), clock.now() + durations.COPYING_SNAPSHOT)
        return snapshot

    def delete_db_snapshot(self, db_snapshot_identifier):
        snapshot = self.get_db_snapshot(db_snapshot_identifier)
        faults.must_be_ready(snapshot, "delete")
        return delete(self, db_snapshot_identifier)

    def delete_on_request(response):
        """moto itself deletes automated ones with their database; nobody else may."""
        snapshot = response.backend.get_db_snapshot(response.params.get("DBSnapshotIdentifier"))
        if snapshot.snapshot_type == "automated":
            faults.refuse("InvalidDBSnapshotState", "Only manual snapshots may be deleted.")
        return delete_response(response)

    def take_until(self, start, end):
        self.created, self.ready_at, self.begun_at = clock.utc(start), end, start
        self.original_snapshot_create_time = self.created

    def percent_progress(self):
        if self.status == "available":
            return 100
        return int(100 * (clock.now() - self.begun_at) / (self.ready_at - self.begun_at))

    def status(self):
        return "creating" if clock.now() < self.__dict__.get("ready_at", 0) else "available"

    from moto.rds.responses import RDSResponse

    delete_response = RDSResponse.delete_db_snapshot
    RDSResponse.delete_db_snapshot = delete_on_request
    RDSBackend.create_db_snapshot = create_db_snapshot
    RDSBackend.copy_db_snapshot = copy_db_snapshot
    RDSBackend.delete_db_snapshot = delete_db_snapshot
    DBSnapshot.take_until = take_until
    DBSnapshot.percent_progress = property(percent_progress)
    DBSnapshot.status = property(status, lambda self, value: None)


def restore():
    """A restored database is there at once, from snapshots that are not finished, and with the source's Multi-AZ."""
    from moto.rds.models import RDSBackend

    from_snapshot, to_moment = (
        RDSBackend.restore_db_instance_from_db_snapshot,
        RDSBackend.restore_db_instance_to_point_in_time,
    )

    def restore_db_instance_from_db_snapshot(self, from_snapshot_id, overrides):
        name = from_snapshot_id.split(":snapshot:")[-1]
        faults.must_be_ready(self.get_db_snapshot(name), "restore")
        database = from_snapshot(self, from_snapshot_id, overrides)
        return restored(self, database, overrides)

    def restore_db_instance_to_point_in_time(self, source_db_identifier, target_db_identifier, overrides):
        source = self.describe_db_instances(source_db_identifier)[0]
        may_restore(source, overrides)
        database = to_moment(self, source_db_identifier, target_db_identifier, overrides)
        return restored(self, database, overrides)

    RDSBackend.restore_db_instance_from_db_snapshot = restore_db_instance_from_db_snapshot
    RDSBackend.restore_db_instance_to_point_in_time = restore_db_instance_to_point_in_time


def restored(backend, database, overrides):
    database.multi_az = bool(overrides.get("multi_az"))
    database.life.due = []
    begin(backend, database, durations.RESTORING)
    return database


def may_restore(source, overrides):
    moment, latest = overrides.get("restore_time"), bool(overrides.get("use_latest_restorable_time"))
    if latest == (moment is not None):
        faults.refuse(
            "InvalidParameterCombination", "Specify either RestoreTime or UseLatestRestorableTime, and not both."
        )
    if not source.backup_retention_period:
        faults.refuse(
            "PointInTimeRestoreNotEnabled",
            f"Point in time restore is not enabled for the instance {source.db_instance_identifier}.",
        )
    if moment is not None and moment.tzinfo is not None:
        moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    newest = source.latest_restorable_time
    if newest is None or (moment is not None and not source.created <= moment <= newest):
        faults.refuse(
            "InvalidRestoreFault",
            "The specified instance cannot be restored to the specified time: it is not in the restorable period.",
        )
