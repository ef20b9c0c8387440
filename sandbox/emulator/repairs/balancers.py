"""Elastic Load Balancing, as far as it does not route: the balancer does that."""

import hashlib

# Hosted zones of application load balancers (AWS general reference, "Elastic Load Balancing endpoints").
ZONES = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-2": "Z1H1FL5HABSF5",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-west-1": "Z32O12XQLNTSW2",
}


def name_balancers_apart():
    """Load balancers of one name have one address in all accounts, no scheme unless told, and a made-up hosted zone."""
    from moto.elbv2.models import ELBv2Backend

    create = ELBv2Backend.create_load_balancer

    def create_load_balancer(self, *args, **kwargs):
        balancer = create(self, *args, **kwargs)
        balancer.scheme = balancer.scheme or "internet-facing"
        digits = int(hashlib.sha256(balancer.arn.encode()).hexdigest(), 16) % 9_000_000_000 + 1_000_000_000
        prefix = "internal-" if balancer.scheme == "internal" else ""
        balancer.dns_name = f"{prefix}{balancer.name}-{digits}.{self.region_name}.elb.amazonaws.com"
        balancer.canonical_hosted_zone_id = ZONES.get(self.region_name, balancer.canonical_hosted_zone_id)
        return balancer

    ELBv2Backend.create_load_balancer = create_load_balancer


REPAIRS = (name_balancers_apart,)
