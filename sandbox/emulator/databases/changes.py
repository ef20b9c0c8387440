"""ModifyDBInstance: what takes time, what waits for the maintenance window, and what is refused meanwhile."""

import copy
import datetime
import math

import clock
from databases import durations, faults
from databases.durations import CHANGES
from databases.settling import EFFECTS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# What may be said of a stopped database (USER_StopInstance): it holds from its next start.
WHILE_STOPPED = {
    "db_instance_identifier",
    "apply_immediately",
    "db_parameter_group_name",
    "option_group_name",
}


def modify_in_time():
    """Every change holds at once in every state, ApplyImmediately or not, and the port never changes."""
    from moto.rds.models import DBInstance, RDSBackend

    modify = RDSBackend.modify_db_instance

    def modify_db_instance(self, db_instance_identifier, settings):
        database = self.describe_db_instances(db_instance_identifier)[0]
        own_group = database.db_parameter_group_name
        settings = dict(settings.items())
        slow = {name: settings[name] for name in CHANGES if settings.get(name) is not None}
        slow = {name: value for name, value in slow.items() if differs(database, name, value)}
        settings = {name: value for name, value in settings.items() if name not in {*slow, "new_db_instance_identifier"}}
        may_modify(self, database, settings, slow)
        if "allocated_storage" in slow:
            slow["allocated_storage"] = grown(database, slow["allocated_storage"])
        at_once = {name: value for name, value in slow.items() if CHANGES[name].pending is None}
        identifier = database.db_instance_identifier
        needs_reboot = database.needs_reboot or settings.get("db_parameter_group_name", own_group) != own_group
        modify(self, identifier, {**settings, **at_once, "db_instance_identifier": identifier})
        if "db_port_number" in at_once:
            database.port = at_once["db_port_number"]
        database.needs_reboot = needs_reboot
        waiting = {name: value for name, value in slow.items() if name not in at_once}
        database.pending = {**pending(database), **waiting}
        now = clock.now()
        if settings.get("apply_immediately"):
            apply(self, database, now, at_once)
        else:
            plan_window(database, now)
            show(database, now, at_once)
        return database

    def settle_change(backend, database, at, values):
        changed = dict(values)
        database.pending = {name: value for name, value in pending(database).items() if name not in changed}
        for name, value in changed.items():
            setattr(database, name, value)

    def maintenance(backend, database, at):
        if pending(database) and database.life.status(at) == "available":
            apply(backend, database, at, {})

    def apply(backend, database, at, others):
        """Everything that is pending, not only what was asked for now."""
        values = pending(database)
        database.life.drop("maintenance")
        if new_name := values.pop("new_db_instance_identifier", None):
            # The old name dies at once (USER_RenameInstance).
            modify(
                backend,
                database.db_instance_identifier,
                {"new_db_instance_identifier": new_name, "db_instance_identifier": new_name},
            )
            database.pending = dict(values)
            others = {**others, "new_db_instance_identifier": new_name}
        end = show(database, at, {**values, **others})
        if values:
            database.life.add(end, "settle-change", values=values)

    EFFECTS["settle-change"] = settle_change
    EFFECTS["maintenance"] = maintenance
    def group_status(self):
        """Another parameter group is associated at once; its values hold after a reboot."""
        groups = [copy.copy(group) for group in self.db_parameter_groups()]
        for group in groups:
            group.ParameterApplyStatus = "pending-reboot" if self.needs_reboot else "in-sync"
        return groups

    RDSBackend.modify_db_instance = modify_db_instance
    DBInstance.needs_reboot = False
    DBInstance.db_parameter_group_status_list = property(group_status)
    DBInstance.pending_modified_values = property(tell_pending)


def pending(database):
    return dict(database.__dict__.get("pending") or {})


def tell_pending(database):
    return {
        CHANGES[name].pending: value for name, value in pending(database).items() if CHANGES[name].pending is not None
    }


def differs(database, name, value):
    """moto keeps texts for some numbers."""
    if name == "backup_retention_period":
        # From one number of days to another nothing is seen, but from and to none there is an outage.
        return bool(int(value)) != bool(int(database.backup_retention_period or 0))
    if name == "new_db_instance_identifier":
        return value.lower() != database.db_instance_identifier
    if name in ("master_user_password", "cloudwatch_logs_export_configuration"):
        return True
    own = database.port if name == "db_port_number" else getattr(database, name, None)
    return str(own) != str(value)


def show(database, at, values):
    """Puts the database into the states that changing these settings needs; gives when the changes hold."""
    seconds = {}
    for name in values:
        change = CHANGES[name]
        seconds[change.status] = max(seconds.get(change.status, 0), change.seconds)
    if not seconds:
        return at
    steps = list(seconds.items())
    done = at + sum(seconds.values())
    if any(CHANGES[name].is_storage for name in values):
        steps.append(("storage-optimization", durations.STORAGE_OPTIMIZATION))
        database.storage_rests_until = done + durations.STORAGE_OPTIMIZATION + durations.STORAGE_REST
    left = database.life.phase_end(at) if database.life.status(at) == "storage-optimization" else None
    database.life.go(at, *steps)
    if left is not None and left > done:
        database.life.phases.append(("storage-optimization", left))
    return done


def may_modify(backend, database, settings, slow):
    status = database.status
    if status == "stopped" and WHILE_STOPPED.issuperset({**settings, **slow}):
        return
    if status not in faults.USABLE:
        faults.refuse_state("Database instance is not in available state.")
    if any(CHANGES[name].is_storage for name in slow) and clock.now() < getattr(database, "storage_rests_until", 0):
        faults.refuse(
            "InvalidParameterCombination",
            "You can't currently modify the storage of this DB instance because the previous storage change is being optimized.",
        )
    if int(slow.get("allocated_storage", database.allocated_storage)) < int(database.allocated_storage):
        faults.refuse("InvalidParameterCombination", "You can't reduce the amount of storage of a DB instance.")
    new_name = slow.get("new_db_instance_identifier")
    if new_name is not None:
        backend._validate_db_identifier(new_name)
        if new_name in backend.databases:
            faults.refuse("DBInstanceAlreadyExists", "DB instance already exists")


def grown(database, wanted):
    """"Values that are not at least 10% greater than the existing value are rounded up" (ModifyDBInstance)."""
    return max(int(wanted), math.ceil(int(database.allocated_storage) * 1.1 - 1e-9))


def plan_window(database, at):
    database.life.drop("maintenance")
    if pending(database):
        database.life.add(next_window(database.preferred_maintenance_window, at), "maintenance")


def next_window(window, at):
    """`wed:06:38-wed:07:08`, in UTC -> when it next begins."""
    day, hour, minute = window.split("-")[0].split(":")
    now = clock.utc(at)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = (DAYS.index(day) - now.weekday()) % 7
    begin = midnight + datetime.timedelta(days=ahead, hours=int(hour), minutes=int(minute))
    if begin <= now:
        begin += datetime.timedelta(days=7)
    return begin.replace(tzinfo=datetime.timezone.utc).timestamp()
