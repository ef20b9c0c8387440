"""What databases are made of; their life is in databases/."""

import secrets
import string


def keep_modified_subnet_groups():
    """ModifyDBSubnetGroup takes the group out of the account and does not put it back."""
    from moto.rds.models import RDSBackend

    modify = RDSBackend.modify_db_subnet_group

    def modify_db_subnet_group(self, subnet_name, description, subnets):
        group = modify(self, subnet_name, description, subnets)
        self.subnet_groups[subnet_name] = group
        return group

    RDSBackend.modify_db_subnet_group = modify_db_subnet_group


def know_database_zones():
    """A database's endpoint has no hosted zone. AWS has one a region; any id will do, as nobody resolves it here."""
    from moto.rds.models import DBInstance

    endpoint = DBInstance.endpoint.fget if isinstance(getattr(DBInstance, "endpoint", None), property) else None
    if endpoint is None:
        return

    def with_zone(self):
        return {**(endpoint(self) or {}), "HostedZoneId": "Z1RLNUO7B9Q6NB"}

    DBInstance.endpoint = property(with_zone)


def new_resource_id():
    letters = string.ascii_uppercase + string.digits
    return "db-" + "".join(secrets.choice(letters) for _ in range(26))


def tell_databases_apart():
    """Every database has the same resource id, so that a look by this id may find, and a deletion wait for, another one."""
    from moto.rds.models import DBInstance

    make = DBInstance.__init__

    def init(self, *args, **kwargs):
        make(self, *args, **kwargs)
        self.dbi_resource_id = new_resource_id()

    DBInstance.__init__ = init


def let_windows_touch():
    """A maintenance window that begins when the backup window ends is refused as if they overlapped."""
    from moto.rds import utils

    overlap = utils.get_overlap_between_two_date_ranges

    def get_overlap_between_two_date_ranges(*times):
        seconds = overlap(*times)
        return -1 if seconds == 0 else seconds

    utils.get_overlap_between_two_date_ranges = get_overlap_between_two_date_ranges


REPAIRS = (keep_modified_subnet_groups, know_database_zones, tell_databases_apart, let_windows_touch)
