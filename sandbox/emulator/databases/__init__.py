"""The life of RDS databases, as RDS documents it, on the sandbox's clock."""

from databases import changes, instances, settling, snapshots

REPAIRS = (
    settling.give_life,
    snapshots.take_time,
    instances.live_and_die,
    instances.stop_and_start,
    changes.modify_in_time,
    snapshots.restore,
)
