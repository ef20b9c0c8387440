"""Route 53: a batch of changes holds as a whole or not at all, and the name servers learn of it later."""

import copy
import re
import secrets
import string

import clock

# "Changes generally propagate to all Route 53 name servers within 60 seconds" (GetChange); the slowest of them counts.
PROPAGATION = 60
ID_LETTERS = string.ascii_uppercase + string.digits
# ResourceRecordSet, Weight.
HEAVIEST = 255
# Exactly one of these says how a record shares its name; none is the simple policy.
POLICIES = {"Weight": "weighted", "Region": "latency", "Failover": "failover", "GeoLocation": "geolocation",
            "MultiValueAnswer": "multivalue"}  # fmt: skip


def fault(code, message):
    from moto.route53.exceptions import Route53ClientError

    return Route53ClientError(code, message)


def change_as_a_whole():
    """moto does the first changes of a batch whose last one is wrong, deletes what is not there, and whatever has the identifier."""
    from moto.route53.models import RecordSet, Route53Backend

    def change_resource_record_sets(self, zoneid, change_list):
        zone = self.get_hosted_zone(zoneid)
        records, errors = list(zone.rrsets), []
        for change in change_list:
            record = RecordSet(cleaned(change["ResourceRecordSet"]))
            check(change["Action"], record, zone)
            error = ACTIONS[change["Action"]](records, record, zone)
            if error:
                errors.append(error)
        if errors:
            raise fault("InvalidChangeBatch", f"[{', '.join(errors)}]")
        # What the name servers answer until they have heard of it.
        keep(zone, records)

    def cleaned(record_set):
        name = record_set["Name"].lower()
        values = [one["Value"] for one in record_set.get("ResourceRecords") or []]
        return {**record_set, "Name": name if name.endswith(".") else name + ".", "ResourceRecords": values}

    Route53Backend.change_resource_record_sets = change_resource_record_sets


def keep(zone, records):
    """`former` holds (moment until which, records), oldest first."""
    now = clock.now()
    former = [entry for entry in getattr(zone, "former", []) if entry[0] > now]
    zone.in_sync_at = now + PROPAGATION
    zone.former = [*former, (zone.in_sync_at, zone.rrsets)]
    zone.rrsets = records


def in_effect(zone):
    """What the name servers answer now, and whether something newer is on its way to them."""
    now = clock.now()
    waiting = [records for until, records in getattr(zone, "former", []) if until > now]
    return (waiting[0], True) if waiting else (zone.rrsets, False)


def check(action, record, zone):
    from moto.route53.exceptions import DnsNameInvalidForZone, InvalidActionValue, InvalidInput
    from moto.route53.models import validate_domain_name

    if action not in ACTIONS:
        raise InvalidActionValue(action)
    where = f"in Change with [Action={action}, Name={record.name}, Type={record.type}, SetIdentifier={record.set_identifier or 'null'}]"
    validate_domain_name(record.name, code="InvalidChangeBatch")
    apex = zone.name.lower().strip(".")
    if record.name.strip(".") != apex and not record.name.strip(".").endswith("." + apex):
        raise DnsNameInvalidForZone(name=record.name, zone_name=zone.name)
    if bool(record.alias_target) == bool(record.records and record.ttl is not None):
        raise InvalidInput(
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
            f"TrafficPolicyInstanceId], but found {'more than one' if record.alias_target else 'none'} {where}"
        )
    if policy(record) != "simple" and not record.set_identifier:
        raise InvalidInput(f"Invalid request: Missing field 'SetIdentifier' {where}")
    if policy(record) == "simple" and record.set_identifier:
        raise InvalidInput(
            "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, "
            f"GeoProximityLocation, or CidrRoutingConfig], but found none {where}"
        )
    if record.weight is not None and not 0 <= int(record.weight) <= HEAVIEST:
        raise InvalidInput(f"Invalid request: Weight must be between 0 and {HEAVIEST} {where}")


def policy(record):
    values = vars(record)
    attributes = {key: re.sub(r"(?<!^)([A-Z])", r"_\1", key).lower() for key in POLICIES}
    return next((name for key, name in POLICIES.items() if values.get(attributes[key]) is not None), "simple")


def place(record):
    return record.name.lower(), record.type, record.set_identifier


def told(record):
    identifier = f", set identifier='{record.set_identifier}'" if record.set_identifier else ""
    return f"resource record set [name='{record.name}', type='{record.type}'{identifier}]"


def conflict(records, record, zone):
    """Which names and types exclude each other ("Choosing a routing policy", "Supported DNS record types")."""
    same_name = [one for one in records if one.name.lower() == record.name and place(one) != place(record)]
    if any("CNAME" in (one.type, record.type) and one.type != record.type for one in same_name):
        return (
            f"RRSet of type {record.type} with DNS name {record.name} is not permitted as it conflicts with other "
            f"records with the same DNS name in zone {zone.name}"
        )
    if any(one.type == record.type and policy(one) != policy(record) for one in same_name):
        identifier = f", SetIdentifier {record.set_identifier}" if record.set_identifier else ""
        return (
            f"RRSet with DNS name {record.name}, type {record.type}{identifier} cannot be created as other RRSets "
            "exist with the same name and type."
        )
    return None


def create(records, record, zone):
    if any(place(one) == place(record) for one in records):
        return f"Tried to create {told(record)} but it already exists"
    return upsert(records, record, zone)


def upsert(records, record, zone):
    error = conflict(records, record, zone)
    if error:
        return error
    index = next((at for at, one in enumerate(records) if place(one) == place(record)), len(records))
    records[index : index + 1] = [record]
    share_ttl(records, record)
    return None


def share_ttl(records, record):
    """All records of a name and type have one TTL, the one that was written last (ResourceRecordSet, TTL)."""
    for at, one in enumerate(records):
        if (one.name.lower(), one.type) == (record.name, record.type) and None not in (one.ttl, record.ttl):
            # A copy: the name servers may still answer from the one that is there.
            records[at] = copy.copy(one)
            records[at].ttl = record.ttl


def delete(records, record, zone):
    known = next((one for one in records if place(one) == place(record)), None)
    if known is None:
        return f"Tried to delete {told(record)} but it was not found"
    if known.type in ("NS", "SOA") and known.name.strip(".") == zone.name.strip("."):
        return f"A HostedZone must contain {'at least one NS record' if known.type == 'NS' else 'exactly one SOA record'} for the zone itself."
    if contents(known) != contents(record):
        return f"Tried to delete {told(record)} but the values provided do not match the current values"
    records.remove(known)
    return None


def contents(record):
    alias = record.alias_target or {}
    return (
        sorted(record.records or []),
        None if record.ttl is None else int(record.ttl),
        None if record.weight is None else int(record.weight),
        (alias.get("HostedZoneId"), str(alias.get("DNSName", "")).lower().strip("."), alias.get("EvaluateTargetHealth")),
        record.health_check_id,
        policy(record),
    )


ACTIONS = {"CREATE": create, "UPSERT": upsert, "DELETE": delete}


def tell_changes():
    """Every change has the same id and is INSYNC at once, those that nobody has made too."""
    from moto.route53.responses import Route53

    changing = ("create_hosted_zone", "delete_hosted_zone", "change_resource_record_sets",
                "associate_vpc_with_hosted_zone", "disassociate_vpc_from_hosted_zone")  # fmt: skip

    def known(backend):
        if not hasattr(backend, "changes"):
            backend.changes = {}
        return backend.changes

    def info(change_id, submitted):
        is_done = clock.now() >= submitted + PROPAGATION
        status = "INSYNC" if is_done else "PENDING"
        return {"Id": f"/change/{change_id}", "Status": status, "SubmittedAt": clock.utc(submitted)}

    def with_change(operation):
        def answer(self):
            result = operation(self)
            change_id = "C" + "".join(secrets.choice(ID_LETTERS) for _ in range(20))
            known(self.backend)[change_id] = clock.now()
            result._result["ChangeInfo"] = {**result._result["ChangeInfo"], **info(change_id, clock.now())}
            return result

        return answer

    def get_change(self):
        change_id = self._get_param("Id").split("/")[-1]
        submitted = known(self.backend).get(change_id)
        if submitted is None:
            raise fault("NoSuchChange", f"Could not find resource with ID: {change_id}")
        return ActionResult({"ChangeInfo": info(change_id, submitted)})

    from moto.core.responses import ActionResult

    for name in changing:
        setattr(Route53, name, with_change(getattr(Route53, name)))
    Route53.get_change = get_change


REPAIRS = (change_as_a_whole, tell_changes)
