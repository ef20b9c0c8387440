"""ECS and the scaling of its services."""

import json

import clock


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


def date_task_definitions():
    """Task definitions have no dates: when they were registered, and when deregistered."""
    from moto.ecs.models import EC2ContainerServiceBackend, TaskDefinition

    make, deregister = TaskDefinition.__init__, EC2ContainerServiceBackend.deregister_task_definition

    def init(self, *args, **kwargs):
        make(self, *args, **kwargs)
        self.registered_at = clock.utcnow()

    def deregister_task_definition(self, *args, **kwargs):
        definition = deregister(self, *args, **kwargs)
        if not getattr(definition, "deregistered_at", None):
            definition.deregistered_at = clock.utcnow()
        return definition

    TaskDefinition.__init__ = init
    EC2ContainerServiceBackend.deregister_task_definition = deregister_task_definition


REPAIRS = (date_task_definitions, keep_service_settings, tag_scalable_targets)
