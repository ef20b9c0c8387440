"""Listeners and rules of load balancers: what AWS refuses, and how it tells an action."""


def refuse_what_belongs_to_others():
    """moto gives one port to two listeners, one target group to two load balancers, and takes groups that are not there."""
    from moto.elbv2.models import ELBv2Backend

    listen, rule = ELBv2Backend.create_listener, ELBv2Backend.create_rule
    change_listener, change_rule = ELBv2Backend.modify_listener, ELBv2Backend.modify_rule

    def create_listener(self, load_balancer_arn, protocol, port, *args, **kwargs):
        refuse_port(self, load_balancer_arn, port)
        actions = kwargs.get("actions") or next((one for one in args if is_actions(one)), [])
        refuse_strangers(self, load_balancer_arn, actions)
        return listen(self, load_balancer_arn, protocol, port, *args, **kwargs)

    def create_rule(self, listener_arn, conditions, priority, actions, *args, **kwargs):
        refuse_strangers(self, balancer_of(listener_arn), actions)
        return rule(self, listener_arn, conditions, priority, actions, *args, **kwargs)

    def modify_listener(self, arn, port=None, protocol=None, ssl_policy=None, certificates=None, actions=None):
        if port is not None:
            refuse_port(self, balancer_of(arn), port, arn)
        refuse_strangers(self, balancer_of(arn), actions or [])
        return change_listener(self, arn, port, protocol, ssl_policy, certificates, actions)

    def modify_rule(self, rule_arn, conditions, actions):
        refuse_unknown_rule(self, rule_arn)
        refuse_default(self, rule_arn, "modified")
        refuse_strangers(self, balancer_of(rule_arn), actions or [])
        return change_rule(self, rule_arn, conditions, actions)

    ELBv2Backend.create_listener = create_listener
    ELBv2Backend.create_rule = create_rule
    ELBv2Backend.modify_listener = modify_listener
    ELBv2Backend.modify_rule = modify_rule


def is_actions(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "Type" in value[0]


def balancer_of(arn):
    """Of a listener or a rule: their ARNs say it."""
    return "/".join([f'{arn.split(":listener")[0]}:loadbalancer', *arn.split("/")[1:4]])


def refuse_port(backend, balancer_arn, port, own=None):
    balancer = backend.load_balancers.get(balancer_arn)
    for listener in balancer.listeners.values() if balancer else ():
        if listener.arn != own and str(listener.port) == str(port):
            raise refusal(
                "DuplicateListener",
                f"A listener already exists on this port for this load balancer '{balancer_arn}'",
            )


def refuse_strangers(backend, balancer_arn, actions):
    used = users(backend)
    for arn in (arn for action in actions for arn in groups_in(action)):
        if arn not in backend.target_groups:
            from moto.elbv2.exceptions import TargetGroupNotFoundError

            raise TargetGroupNotFoundError()
        if any(user != balancer_arn for user in used.get(arn, ())):
            raise refusal(
                "TargetGroupAssociationLimit",
                f"The following target groups cannot be associated with more than one load balancer: {arn}",
            )


def refuse_unknown_rule(backend, arn):
    if arn not in rules_of(backend):
        from moto.elbv2.exceptions import RuleNotFoundError

        raise RuleNotFoundError()


def refusal(code, message):
    from moto.elbv2.exceptions import ELBClientError

    return ELBClientError(code, message)


def keep_default_rules():
    """The default rule is changed by its listener alone, has no place and stays (API: DeleteRule, SetRulePriorities)."""
    from moto.elbv2.models import ELBv2Backend

    delete, place = ELBv2Backend.delete_rule, ELBv2Backend.set_rule_priorities

    def delete_rule(self, arn):
        refuse_default(self, arn, "deleted")
        refuse_unknown_rule(self, arn)
        return delete(self, arn)

    def set_rule_priorities(self, rule_priorities):
        for one in rule_priorities:
            refuse_default(self, one["RuleArn"], "modified")
        return place(self, rule_priorities)

    ELBv2Backend.delete_rule = delete_rule
    ELBv2Backend.set_rule_priorities = set_rule_priorities


def refuse_default(backend, arn, verb):
    rule = rules_of(backend).get(arn)
    if rule and rule.is_default:
        raise refusal("OperationNotPermitted", f"Default rule '{arn}' cannot be {verb}")


def rules_of(backend):
    listeners = [one for balancer in backend.load_balancers.values() for one in balancer.listeners.values()]
    return {rule.arn: rule for listener in listeners for rule in listener.rules.values()}


def tell_actions_whole():
    """A lone target group is told in both ways, whichever of them it was written in."""
    from moto.elbv2.models import FakeAction

    begin = FakeAction.__init__

    def init(self, data):
        begin(self, whole(data))

    FakeAction.__init__ = init


def whole(data):
    if data.get("Type") != "forward":
        return data
    arns = groups_in(data)
    config = data.get("ForwardConfig") or {"TargetGroups": [{"TargetGroupArn": arn, "Weight": 1} for arn in arns]}
    config = {"TargetGroupStickinessConfig": {"Enabled": False}, **config}
    return {**data, **({"TargetGroupArn": arns[0]} if len(arns) == 1 else {}), "ForwardConfig": config}


def groups_in(action):
    """Each once: a lone one may be named twice."""
    config = action.get("ForwardConfig") or {}
    arns = [action.get("TargetGroupArn"), *(one.get("TargetGroupArn") for one in config.get("TargetGroups") or [])]
    return list(dict.fromkeys(filter(None, arns)))


def tell_users_of_groups():
    """moto counts a load balancer once for each rule, and forgets none."""
    from moto.elbv2.models import ELBv2Backend

    describe = ELBv2Backend.describe_target_groups

    def describe_target_groups(self, *args, **kwargs):
        used = users(self)
        for arn, group in self.target_groups.items():
            group.load_balancer_arns = used.get(arn, [])
        return describe(self, *args, **kwargs)

    ELBv2Backend.describe_target_groups = describe_target_groups


def users(backend):
    """Load balancers by target group."""
    used = {}
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            for arn in (arn for rule in listener.rules.values() for one in rule.actions for arn in groups_in(one.data)):
                if balancer.arn not in used.setdefault(arn, []):
                    used[arn].append(balancer.arn)
    return used


REPAIRS = (refuse_what_belongs_to_others, keep_default_rules, tell_actions_whole, tell_users_of_groups)
