"""What the data plane of the load balancers needs to know, in one answer.

Body: {"account": "123456789012", "region": "eu-central-1"}; without them: of all accounts and regions.
Answer, with the names of the API's own answers; numbers are numbers, values of attributes are texts:
    {"LoadBalancers": [{"LoadBalancerArn", "LoadBalancerName", "DNSName", "CanonicalHostedZoneId", "Scheme", "Type",
                        "VpcId", "AvailabilityZones": [{"ZoneName"}], "SecurityGroups": [id],
                        "Attributes": {"idle_timeout.timeout_seconds": "60"}}],
     "Listeners": [{"ListenerArn", "LoadBalancerArn", "Port": 443, "Protocol": "HTTPS", "SslPolicy",
                    "Certificates": [{"CertificateArn", "IsDefault": true, "DomainNames": ["shop.example"]}],
                    "DefaultActions": [action], "Attributes": {}}],
     "Rules": [{"RuleArn", "ListenerArn", "Priority": "10" or "default", "IsDefault": false,
                "Conditions": [condition], "Actions": [action]}],
     "TargetGroups": [{"TargetGroupArn", "TargetGroupName", "Port": 8080, "Protocol", "ProtocolVersion", "VpcId",
                       "TargetType": "ip", "HealthCheckEnabled": true, "HealthCheckProtocol",
                       "HealthCheckPort": "traffic-port", "HealthCheckPath", "HealthCheckIntervalSeconds": 30,
                       "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 5, "UnhealthyThresholdCount": 2,
                       "Matcher": {"HttpCode": "200"}, "Targets": [{"Id", "Port": 8080}],
                       "Attributes": {"deregistration_delay.timeout_seconds": "300"}}]}
Rules are in the order in which they are tried: by number, the default one last. The default rule is in the list.
    action     as in DescribeRules: {"Type": "forward", "Order": 1, "ForwardConfig": {"TargetGroups":
               [{"TargetGroupArn", "Weight": 1}], "TargetGroupStickinessConfig": {"Enabled": false}}}; a forward action
               has its ForwardConfig even when it was written as a lone TargetGroupArn.
    condition  as in DescribeRules: {"Field": "path-pattern", "Values": [...], "PathPatternConfig": {"Values": [...]}};
               both forms are there for paths and hosts, whichever of them was written.
"""

from moto.backends import get_backend

from doors.scopes import backends

CONFIG_OF_FIELD = {"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig"}

# What AWS has and moto leaves out until somebody sets it (API reference, LoadBalancerAttribute and TargetGroupAttribute).
LOAD_BALANCER_DEFAULTS = {
    "idle_timeout.timeout_seconds": "60",
    "client_keep_alive.seconds": "3600",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
}
TARGET_GROUP_DEFAULTS = {
    "stickiness.lb_cookie.duration_seconds": "86400",
    "stickiness.app_cookie.duration_seconds": "86400",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}


def tell(body):
    answer = {"LoadBalancers": [], "Listeners": [], "Rules": [], "TargetGroups": []}
    for account, region, backend in backends("elbv2", body):
        names = names_of_certificates(account, region)
        for balancer in list(backend.load_balancers.values()):
            answer["LoadBalancers"].append(load_balancer(balancer))
            for one in list(balancer.listeners.values()):
                answer["Listeners"].append(listener(one, names))
                answer["Rules"] += [rule(entry) for entry in sorted(one.rules.values(), key=place)]
        answer["TargetGroups"] += [target_group(group) for group in list(backend.target_groups.values())]
    return answer


def load_balancer(balancer):
    return {
        "LoadBalancerArn": balancer.arn,
        "LoadBalancerName": balancer.name,
        "DNSName": balancer.dns_name,
        "CanonicalHostedZoneId": balancer.canonical_hosted_zone_id,
        "Scheme": balancer.scheme,
        "Type": balancer.type,
        "VpcId": balancer.vpc_id,
        "AvailabilityZones": [{"ZoneName": zone.zone_name} for zone in balancer.availability_zones],
        "SecurityGroups": list(balancer.security_groups or []),
        "Attributes": texts({**LOAD_BALANCER_DEFAULTS, **balancer.attrs, **forced(balancer)}),
    }


def forced(balancer):
    """An application load balancer always balances across zones, whatever moto keeps."""
    return {"load_balancing.cross_zone.enabled": "true"} if balancer.type == "application" else {}


def listener(one, names):
    arns = list(dict.fromkeys(filter(None, [one.certificate, *one.certificates])))
    return {
        "ListenerArn": one.arn,
        "LoadBalancerArn": one.load_balancer_arn,
        "Port": number(one.port),
        "Protocol": one.protocol,
        "SslPolicy": one.ssl_policy,
        "Certificates": [
            {"CertificateArn": arn, "IsDefault": index == 0, "DomainNames": names.get(arn, [])}
            for index, arn in enumerate(arns)
        ],
        "DefaultActions": [action(entry) for entry in one.default_actions],
        "Attributes": texts(one.attributes),
    }


def names_of_certificates(account, region):
    certificates = get_backend("acm")[account][region]._certificates
    return {
        arn: list(dict.fromkeys([one.common_name, *(one.sans)])) for arn, one in list(certificates.items())
    }


def rule(entry):
    return {
        "RuleArn": entry.arn,
        "ListenerArn": entry.listener_arn,
        "Priority": str(entry.priority),
        "IsDefault": entry.is_default,
        "Conditions": [condition(one) for one in entry.conditions or []],
        "Actions": [action(one) for one in entry.actions],
    }


def place(entry):
    return float("inf") if entry.is_default else int(entry.priority)


def condition(one):
    config = CONFIG_OF_FIELD.get(one.get("Field"))
    if config is None:
        return one
    values = one.get(config, {}).get("Values") or one.get("Values") or []
    return {**one, "Values": values, config: {**one.get(config, {}), "Values": values}}


def action(one):
    data = dict(one.data)
    if data.get("Type") == "forward" and "ForwardConfig" not in data:
        groups = [{"TargetGroupArn": data.get("TargetGroupArn"), "Weight": 1}]
        data["ForwardConfig"] = {"TargetGroups": groups, "TargetGroupStickinessConfig": {"Enabled": False}}
    return data


def target_group(group):
    return {
        "TargetGroupArn": group.arn,
        "TargetGroupName": group.name,
        "Port": number(group.port),
        "Protocol": group.protocol,
        "ProtocolVersion": group.protocol_version,
        "VpcId": group.vpc_id,
        "TargetType": group.target_type,
        "HealthCheckEnabled": group.health_check_enabled,
        "HealthCheckProtocol": group.health_check_protocol,
        "HealthCheckPort": str(group.health_check_port),
        "HealthCheckPath": group.health_check_path,
        "HealthCheckIntervalSeconds": number(group.health_check_interval_seconds),
        "HealthCheckTimeoutSeconds": number(group.health_check_timeout_seconds),
        "HealthyThresholdCount": number(group.healthy_threshold_count),
        "UnhealthyThresholdCount": number(group.unhealthy_threshold_count),
        "Matcher": getattr(group, "matcher", None),
        "Targets": [
            {"Id": target["Id"], "Port": number(target.get("Port"))} for target in list(group.targets.values())
        ],
        "Attributes": texts({**TARGET_GROUP_DEFAULTS, **group.attributes}),
    }


def number(value):
    return None if value is None else int(value)


def texts(values):
    return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in values.items()}
