"""Automated backups: one when the database is made, and one in each daily window (USER_WorkingWithAutomatedBackups)."""

import datetime

import clock
from databases import durations
from databases.settling import EFFECTS


def plan_first(life, at):
    life.add(at, "first-backup")


def plan_daily(database, at):
    database.life.add(next_window(database.preferred_backup_window, at), "daily-backup")


def first_backup(backend, database, at):
    take(backend, database, at, at + durations.FIRST_BACKUP)


def daily_backup(backend, database, at):
    """Only of a database that is available ("Backup window")."""
    if database.life.status(at) == "available" and database.backup_retention_period:
        take(backend, database, at, database.life.interrupt(at, "backing-up", durations.SNAPSHOT))
        expire(backend, database, at)
    plan_daily(database, at)


def take(backend, database, at, ready_at):
    name = f"rds:{database.db_instance_identifier}-{clock.utc(at):%Y-%m-%d-%H-%M}"
    # Somebody has stepped the clock back: it is there already.
    if name not in backend.database_snapshots:
        backend.create_auto_snapshot(database.db_instance_identifier, name).take_until(at, ready_at)


def expire(backend, database, at):
    oldest = clock.utc(at) - datetime.timedelta(days=int(database.backup_retention_period))
    for name, snapshot in list(backend.database_snapshots.items()):
        is_own = snapshot.dbi_resource_id == database.dbi_resource_id and snapshot.snapshot_type == "automated"
        if is_own and snapshot.created <= oldest:
            del backend.database_snapshots[name]


def next_window(window, at):
    """`02:00-03:00`, in UTC -> when it next begins."""
    hour, minute = window.split("-")[0].split(":")
    now = clock.utc(at)
    begin = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    if begin <= now:
        begin += datetime.timedelta(days=1)
    return begin.replace(tzinfo=datetime.timezone.utc).timestamp()


EFFECTS["first-backup"] = first_backup
EFFECTS["daily-backup"] = daily_backup
