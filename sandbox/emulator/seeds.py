"""Makes things exist which a configuration only refers to: somebody else made them, so their ids are given.

Body of a request:
    {"account": "123456789012", "region": "eu-central-1",
     "certificates": ["arn:aws:acm:..."],
     "networks": [{"id": "vpc-1", "cidr": "10.0.0.0/16",
                   "subnets": [{"id": "subnet-1", "cidr": "10.0.0.0/24", "zone": "eu-central-1a", "public": true}]}],
     "repositories": ["axonflow-agent"]}
What exists is left alone, so the same body may be sent again. Gives the ids that were made.
"""

import threading
from unittest.mock import patch

from moto.core import DEFAULT_ACCOUNT_ID  # noqa: F401  (loads the backend registry)
from moto.backends import get_backend

# Ids are given by replacing moto's generators for the moment of the call: one call at a time.
LOCK = threading.Lock()


def make(wanted):
    account, region = wanted["account"], wanted["region"]
    made = []
    with LOCK:
        for arn in wanted.get("certificates", []):
            made += certificate(arn)
        for network in wanted.get("networks", []):
            made += vpc(account, region, network)
        for name in wanted.get("repositories", []):
            made += repository(account, region, name)
    return made


def certificate(arn):
    _, _, _, region, account, _ = arn.split(":", 5)
    acm = get_backend("acm")[account][region]
    if arn in acm._certificates:
        return []
    temporary = acm.request_certificate("sandbox.example", arn, [], [])
    bundle = acm._certificates.pop(temporary)
    bundle.arn, bundle.status = arn, "ISSUED"
    acm._certificates[arn] = bundle
    return [arn]


def vpc(account, region, network):
    ec2 = get_backend("ec2")[account][region]
    made = []
    if network["id"] not in ec2.vpcs:
        with patch("moto.ec2.models.vpcs.random_vpc_id", return_value=network["id"]):
            ec2.create_vpc(network["cidr"])
        made.append(network["id"])
    present = {one.id for one in ec2.describe_subnets()}
    for subnet in network["subnets"]:
        if subnet["id"] in present:
            continue
        with patch("moto.ec2.models.subnets.random_subnet_id", return_value=subnet["id"]):
            ec2.create_subnet(network["id"], subnet["cidr"], availability_zone=subnet["zone"])
        ec2.modify_subnet_attribute(subnet["id"], "map_public_ip_on_launch", str(subnet["public"]).lower())
        made.append(subnet["id"])
    return made


def repository(account, region, name):
    ecr = get_backend("ecr")[account][region]
    if name in ecr.repositories:
        return []
    ecr.create_repository(name, None, None, None, None, [], None)
    return [name]
