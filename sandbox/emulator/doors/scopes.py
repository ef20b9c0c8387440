"""The parts of a service that a body asks for."""

from moto.backends import get_backend


def backends(service, body):
    """(account, region, backend) of every part that is in use, or only of the one that `account` and `region` name."""
    parts = get_backend(service)
    if "account" in body:
        return [(body["account"], body["region"], parts[body["account"]][body["region"]])]
    return [
        (account, region, backend)
        for account, regions in list(parts.items())
        for region, backend in list(regions.items())
    ]
