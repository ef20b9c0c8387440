"""Refusals, in the words that AWS uses (seen in the field: the API reference gives codes only)."""

from moto.rds.exceptions import RDSClientError

USABLE = ("available", "storage-optimization")


def refuse(code, message):
    raise RDSClientError(code, message)


def refuse_state(message):
    refuse("InvalidDBInstanceState", message)


def must_take_snapshot(database):
    """CreateDBSnapshot, and everything that takes one first."""
    if database.status not in USABLE:
        refuse_state(
            f"Cannot create a snapshot because the database instance {database.db_instance_identifier} "
            "is not currently in the available state."
        )


def must_be_ready(snapshot, verb):
    if snapshot.status != "available":
        refuse(
            "InvalidDBSnapshotState",
            f"Cannot {verb} the snapshot {snapshot.db_snapshot_identifier} because it is not currently in the available state.",
        )
