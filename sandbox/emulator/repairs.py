"""What moto 5.2.5 answers wrongly, or not at all, where AWS answers. One function each; the docstring says what is wrong.

They are put into moto's own classes, so that every caller, the AWS command line included, sees one cloud.
"""

import json


def apply():
    for repair in (
        keep_service_settings,
        keep_modified_subnet_groups,
        route_modified_endpoints,
        tag_scalable_targets,
        know_database_zones,
        tell_databases_apart,
        forget_tags_of_log_groups,
        name_the_recovery_window,
        let_windows_touch,
    ):
        repair()


def keep_service_settings():
    """CreateService forgets most settings of a deployment, so DescribeServices cannot tell them."""
    from moto.ecs.models import EC2ContainerServiceBackend
    from moto.ecs.responses import EC2ContainerServiceResponse

    kept = {
        "deploymentConfiguration": "deployment_configuration",
        "capacityProviderStrategy": "capacity_provider_strategy",
        "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
        "enableECSManagedTags": "enable_ecs_managed_tags",
        "enableExecuteCommand": "enable_execute_command",
    }
    # AWS fills in what a deployment does not say.
    deployment_defaults = {
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    }
    create = EC2ContainerServiceResponse.create_service
    update = EC2ContainerServiceBackend.update_service

    def fill_in_bases(service):
        for strategy in getattr(service, "capacity_provider_strategy", None) or []:
            strategy.setdefault("base", 0)

    def create_service(self):
        cluster = self._get_param("cluster", "default")
        answer = create(self)
        service = self.ecs_backend._get_service(cluster, self._get_param("serviceName"))
        for parameter, attribute in kept.items():
            if (value := self._get_param(parameter)) is not None:
                setattr(service, attribute, value)
        settings = getattr(service, "deployment_configuration", {})
        service.deployment_configuration = {**deployment_defaults, **settings}
        fill_in_bases(service)
        return answer

    def update_service(self, service_properties):
        settings = service_properties.pop("deployment_configuration", None)
        service = update(self, service_properties)
        if settings is not None:
            service.deployment_configuration = {**getattr(service, "deployment_configuration", {}), **settings}
        fill_in_bases(service)
        return service

    EC2ContainerServiceResponse.create_service = create_service
    EC2ContainerServiceBackend.update_service = update_service


def keep_modified_subnet_groups():
    """ModifyDBSubnetGroup takes the group out of the account and does not put it back."""
    from moto.rds.models import RDSBackend

    modify = RDSBackend.modify_db_subnet_group

    def modify_db_subnet_group(self, subnet_name, description, subnets):
        group = modify(self, subnet_name, description, subnets)
        self.subnet_groups[subnet_name] = group
        return group

    RDSBackend.modify_db_subnet_group = modify_db_subnet_group


def route_modified_endpoints():
    """A gateway endpoint that is given another route table makes no route in it, and can then not be deleted."""
    from moto.ec2.models.vpcs import VPCBackend

    modify = VPCBackend.modify_vpc_endpoint

    def modify_vpc_endpoint(self, vpc_id, **settings):
        endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
        before = set(endpoint.route_table_ids or [])
        modify(self, vpc_id, **settings)
        after = set(endpoint.route_table_ids or [])
        prefix_list = getattr(endpoint, "destination_prefix_list_id", None)
        if prefix_list is None:
            return
        for table in before - after:
            self.delete_route(table, prefix_list)
        for table in after - before:
            self.create_route(table, None, gateway_id=vpc_id, destination_prefix_list_id=prefix_list)

    VPCBackend.modify_vpc_endpoint = modify_vpc_endpoint


def tag_scalable_targets():
    """Tags of scalable targets are unknown: registering drops them, and the calls about them do not exist."""
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response

    register = Response.register_scalable_target

    def tags_by_arn(self):
        backend = self.applicationautoscaling_backend
        if not hasattr(backend, "slipway_tags"):
            backend.slipway_tags = {}
        return backend.slipway_tags.setdefault(self._get_param("ResourceARN"), {})

    def register_scalable_target(self):
        answer = register(self)
        backend = self.applicationautoscaling_backend
        if not hasattr(backend, "slipway_tags"):
            backend.slipway_tags = {}
        arn = json.loads(answer)["ScalableTargetARN"]
        backend.slipway_tags.setdefault(arn, {}).update(self._get_param("Tags") or {})
        return answer

    def list_tags_for_resource(self):
        return json.dumps({"Tags": tags_by_arn(self)})

    def tag_resource(self):
        tags_by_arn(self).update(self._get_param("Tags") or {})
        return "{}"

    def untag_resource(self):
        for key in self._get_param("TagKeys") or []:
            tags_by_arn(self).pop(key, None)
        return "{}"

    Response.register_scalable_target = register_scalable_target
    Response.list_tags_for_resource = list_tags_for_resource
    Response.tag_resource = tag_resource
    Response.untag_resource = untag_resource


def know_database_zones():
    """A database's endpoint has no hosted zone. AWS has one a region; any id will do, as nobody resolves it here."""
    from moto.rds.models import DBInstance

    endpoint = DBInstance.endpoint.fget if isinstance(getattr(DBInstance, "endpoint", None), property) else None
    if endpoint is None:
        return

    def with_zone(self):
        return {**(endpoint(self) or {}), "HostedZoneId": "Z1RLNUO7B9Q6NB"}

    DBInstance.endpoint = property(with_zone)


def tell_databases_apart():
    """Every database has the same resource id, so that a look by this id may find, and a deletion wait for, another one."""
    import secrets
    import string

    from moto.rds.models import DBInstance

    make = DBInstance.__init__

    def init(self, *args, **kwargs):
        make(self, *args, **kwargs)
        letters = string.ascii_uppercase + string.digits
        self.dbi_resource_id = "db-" + "".join(secrets.choice(letters) for _ in range(26))

    DBInstance.__init__ = init


def forget_tags_of_log_groups():
    """A log group that is made again under its old name still has the tags of the deleted one."""
    from moto.logs.models import LogsBackend

    delete = LogsBackend.delete_log_group

    def delete_log_group(self, log_group_name):
        group = self.groups.get(log_group_name)
        delete(self, log_group_name)
        self.tagger.delete_all_tags_for_resource(group.arn)

    LogsBackend.delete_log_group = delete_log_group


def name_the_recovery_window():
    """A name whose deleted secret can still be restored is refused as taken; AWS says that it waits for its deletion."""
    from moto.secretsmanager.exceptions import InvalidRequestException
    from moto.secretsmanager.models import SecretsManagerBackend

    create = SecretsManagerBackend.create_secret

    def create_secret(self, name, *args, **kwargs):
        if name in self.secrets and self.secrets[name].is_deleted():
            raise InvalidRequestException(
                "You can't create this secret because a secret with this name is already scheduled for deletion."
            )
        return create(self, name, *args, **kwargs)

    SecretsManagerBackend.create_secret = create_secret


def let_windows_touch():
    """A maintenance window that begins when the backup window ends is refused as if they overlapped."""
    from moto.rds import utils

    overlap = utils.get_overlap_between_two_date_ranges

    def get_overlap_between_two_date_ranges(*times):
        seconds = overlap(*times)
        return -1 if seconds == 0 else seconds

    utils.get_overlap_between_two_date_ranges = get_overlap_between_two_date_ranges
