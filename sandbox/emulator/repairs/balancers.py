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


def tell_all_attributes():
    """moto tells an attribute only once somebody has set it, and takes a delay of 3599 s for the longest."""
    from moto.elbv2.models import ELBv2Backend

    balance, group = ELBv2Backend.create_load_balancer, ELBv2Backend.create_target_group
    change = ELBv2Backend.modify_target_group_attributes

    def create_load_balancer(self, *args, **kwargs):
        balancer = balance(self, *args, **kwargs)
        if balancer.type == "application":
            balancer.attrs = {**balancer.attrs, **BALANCER_ATTRIBUTES}
        return balancer

    def create_target_group(self, *args, **kwargs):
        made = group(self, *args, **kwargs)
        if made.protocol in ("HTTP", "HTTPS"):
            made.attributes = {**GROUP_ATTRIBUTES, **made.attributes}
            made.attributes.pop("waf.fail_open.enabled", None)
        return made

    def modify_target_group_attributes(self, target_group_arn, attributes):
        longest = attributes.get(DELAY) == "3600"
        change(self, target_group_arn, {**attributes, **({DELAY: "3599"} if longest else {})})
        if longest:
            self.target_groups[target_group_arn].attributes[DELAY] = "3600"

    ELBv2Backend.create_load_balancer = create_load_balancer
    ELBv2Backend.create_target_group = create_target_group
    ELBv2Backend.modify_target_group_attributes = modify_target_group_attributes


DELAY = "deregistration_delay.timeout_seconds"

# Of application load balancers (API reference, LoadBalancerAttribute).
BALANCER_ATTRIBUTES = {
    "access_logs.s3.enabled": "false",
    "client_keep_alive.seconds": "3600",
    "idle_timeout.timeout_seconds": "60",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
}

# Of target groups with HTTP (API reference, TargetGroupAttribute).
GROUP_ATTRIBUTES = {
    "load_balancing.algorithm.anomaly_mitigation": "off",
    "stickiness.app_cookie.cookie_name": "",
    "stickiness.app_cookie.duration_seconds": "86400",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}

REPAIRS = (name_balancers_apart, tell_all_attributes)
