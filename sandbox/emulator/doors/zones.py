"""What the name servers of Route 53 answer from at this moment.

Body: {"account": "123456789012"}: hosted zones have no region.
Answer: {"Zones": [{"Id": "/hostedzone/Z1", "Name": "shop.example.", "PrivateZone": false, "VPCIds": [],
                    "IsPending": true while a change is on its way to the name servers,
                    "InSyncAt": when they have the last one, in seconds since 1970; null for a zone without changes,
                    "ResourceRecordSets": [{"Name", "Type", "TTL": 60, "Values": ["10.0.0.1"], "SetIdentifier",
                        "Weight": 10, "Failover", "Region", "MultiValueAnswer", "HealthCheckId",
                        "AliasTarget": {"HostedZoneId", "DNSName", "EvaluateTargetHealth"}}]}],
         "HealthChecks": [{"Id", "Type", "FullyQualifiedDomainName", "Inverted", "Disabled"}]}
Records without a field do not have it. A change that is still PENDING is not in them.
"""

from moto.backends import get_backend

from repairs.zones import in_effect


def tell(body):
    backend = get_backend("route53")[body["account"]]["aws"]
    return {
        "Zones": [zone(one) for one in list(backend.zones.values())],
        "HealthChecks": [health_check(one) for one in list(backend.health_checks.values())],
    }


def zone(one):
    records, is_pending = in_effect(one)
    return {
        "Id": one.id,
        "Name": one.name,
        "PrivateZone": bool(one.private_zone),
        "VPCIds": [vpc.get("vpc_id") for vpc in one.vpcs],
        "IsPending": is_pending,
        "InSyncAt": getattr(one, "in_sync_at", None),
        "ResourceRecordSets": [record(entry) for entry in records],
    }


def record(entry):
    fields = {
        "Name": entry.name,
        "Type": entry.type,
        "TTL": None if entry.ttl is None else int(entry.ttl),
        # moto keeps the SOA record of a zone in another form than all others.
        "Values": [one["Value"] if isinstance(one, dict) else one for one in entry.records or []] or None,
        "SetIdentifier": entry.set_identifier,
        "Weight": None if entry.weight is None else int(entry.weight),
        "Failover": entry.failover,
        "Region": entry.region,
        "MultiValueAnswer": entry.multi_value_answer,
        "HealthCheckId": entry.health_check_id,
        "AliasTarget": entry.alias_target,
    }
    return {key: value for key, value in fields.items() if value is not None}


def health_check(one):
    return {
        "Id": one.id,
        "Type": one.type_,
        "FullyQualifiedDomainName": one.fqdn,
        "Inverted": bool(one.inverted),
        "Disabled": bool(one.disabled),
    }
