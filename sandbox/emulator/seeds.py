"""Makes things exist which a configuration only refers to: somebody else made them, so their ids are given.

Body of a request, everything but account and region may be left out:
    {"account": "123456789012", "region": "eu-central-1",
     "certificates": ["arn:aws:acm:..."],
     "networks": [{"id": "vpc-1", "cidr": "10.0.0.0/16",
                   "subnets": [{"id": "subnet-1", "cidr": "10.0.0.0/24", "zone": "eu-central-1a", "public": true}]}],
     "images": [{"region": "eu-central-1", "repository": "axonflow-agent", "tag": "b237404"}],
     "secrets": [{"id": name or "arn:aws:secretsmanager:...", "keys": ["password"]}],
     "zones": [{"id": "Z1", "name": "shop.example"}],
     "securityGroups": [{"id": "sg-1", "vpcId": "vpc-1"}],
     "parameters": [name or "arn:aws:ssm:..."]}
Each thing is made once in the life of this process, and what exists is left alone. So the same body may be sent again
and again, and what somebody has deleted since stays away. Gives the ids that were made.
"""

import json
import threading
from unittest.mock import patch

from moto.backends import get_backend

from doors import images

# Ids are given by replacing moto's generators for the moment of the call: one call at a time.
LOCK = threading.Lock()
SEEDED = set()


def make(wanted):
    account, region = wanted["account"], wanted["region"]
    made = []
    with LOCK:
        for arn in wanted.get("certificates", []):
            made += once(arn, certificate, arn)
        for network in wanted.get("networks", []):
            made += once((account, region, json.dumps(network)), vpc, account, region, network)
        for one in wanted.get("images", []):
            key = ("image", account, one["region"], one["repository"], one["tag"])
            made += once(key, image, account, one["region"], one["repository"], one["tag"])
        for one in wanted.get("secrets", []):
            made += once(("secret", account, region, one["id"]), secret, account, region, one["id"], one["keys"])
        for one in wanted.get("zones", []):
            made += once(("zone", account, one["id"]), zone, account, one["id"], one["name"])
        for one in wanted.get("securityGroups", []):
            made += once(("group", account, region, one["id"]), security_group, account, region, one["id"], one["vpcId"])
        for one in wanted.get("parameters", []):
            made += once(("parameter", account, region, one), parameter, account, region, one)
    return made


def once(key, seed, *args):
    if key in SEEDED:
        return []
    made = seed(*args)
    # Only now: what failed is tried again.
    SEEDED.add(key)
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


def image(account, region, repository, tag):
    ecr = get_backend("ecr")[account][region]
    known = ecr.repositories.get(repository)
    if known and any(tag in one.image_tags for one in known.images):
        return []
    # The same in every sandbox, whatever was seeded before it.
    content = f"{account}.{region}/{repository}:{tag}"
    images.push(
        {"account": account, "region": region, "repository": repository, "tag": tag, "create": True, "content": content}
    )
    return [f"{repository}:{tag}"]


def secret(account, region, wanted, keys):
    """With every field that is read of it: ECS does not start a task whose field is missing."""
    manager = get_backend("secretsmanager")[account][region]
    if wanted in manager.secrets:
        return []
    name = wanted.split(":secret:")[-1]
    if wanted.startswith("arn:"):
        # AWS puts six letters behind the name of a secret when it makes the ARN.
        head, dash, tail = name.rpartition("-")
        name = head if dash and len(tail) == 6 else name
    value = json.dumps({key: f"sandbox-{key}" for key in keys}) if keys else "sandbox"
    manager.create_secret(name, value, None, None, [], None, None, [], False)
    if wanted.startswith("arn:"):
        manager.secrets[name].arn = wanted
    return [wanted]


def zone(account, wanted, name):
    route53 = get_backend("route53")[account]["aws"]
    if wanted in route53.zones:
        return []
    with patch("moto.route53.models.HostedZoneIdentifier.generate", return_value=wanted):
        route53.create_hosted_zone(name, False, caller_reference=f"seed-{wanted}")
    return [wanted]


def security_group(account, region, wanted, vpc_id):
    ec2 = get_backend("ec2")[account][region]
    if ec2.get_security_group_from_id(wanted):
        return []
    with patch("moto.ec2.models.security_groups.random_security_group_id", return_value=wanted):
        ec2.create_security_group(f"adopted-{wanted}", "Somebody else's", vpc_id)
    return [wanted]


def parameter(account, region, wanted):
    ssm = get_backend("ssm")[account][region]
    path = wanted.split(":parameter", 1)[-1]
    # `parameter/a` is the ARN of both `/a` and `a`; names without folders have no slash in front.
    name = path[1:] if wanted.startswith("arn:") and path.count("/") == 1 else path
    if ssm.get_parameters([name]):
        return []
    ssm.put_parameter(name, "", "sandbox", "SecureString", "", "alias/aws/ssm", False, [], "text", None, None)
    return [wanted]
