import { AwsFault } from "../../model/aws-fault";

const invalid = (message: string) => new AwsFault("InvalidParameterException", message);

/** What CreateService and its like refuse. The wording is that of real answers, as far as it is known. */
export const faults = {
  invalid,
  /** A member has a type that the model does not allow. */
  serialization: (message: string) => new AwsFault("SerializationException", message),
  clusterNotFound: () => new AwsFault("ClusterNotFoundException", "Cluster not found."),
  serviceNotFound: () => new AwsFault("ServiceNotFoundException", "Service not found."),
  serviceNotActive: () => new AwsFault("ServiceNotActiveException", "Service was not ACTIVE."),
  definitionNotFound: () => new AwsFault("ClientException", "TaskDefinition not found."),
  definitionInactive: () => new AwsFault("ClientException", "TaskDefinition is inactive"),
  badRevision: (text: string) => new AwsFault("ClientException", `Invalid revision number. Number: ${text}`),
  clusterContainsServices: () =>
    new AwsFault("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."),
  clusterContainsTasks: () =>
    new AwsFault("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active."),
  resourceNotFound: () => new AwsFault("ResourceNotFoundException", "The specified resource could not be found."),
  notIdempotent: () => invalid("Creation of service was not idempotent."),
  stillDraining: () => invalid("Unable to Start a service that is still Draining."),
  scaledAboveZero: () => invalid("The service cannot be stopped while it is scaled above 0."),
  noLoadBalancer: (arn: string) =>
    invalid(`The target group with targetGroupArn ${arn} does not have an associated load balancer.`),
  noTargetGroup: (arn: string) => invalid(`The target group ${arn} does not exist.`),
  noContainer: (name: string) => invalid(`The container ${name} does not exist in the task definition.`),
  noContainerPort: (name: string, port: number) =>
    invalid(`The container ${name} did not have a container port ${port} defined.`),
  noNetwork: () => invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified."),
  networkNotAllowed: () =>
    invalid("Network Configuration is not valid for the given networkMode of this task definition."),
  noSubnets: () => invalid("subnets can not be empty."),
  launchTypeAndStrategy: () =>
    invalid("Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."),
  launchTypeNotSupported: (type: string) => invalid(`Task definition does not support launch_type ${type}.`),
  graceWithoutLoadBalancer: () =>
    invalid("Health check grace period is only valid for services configured to use load balancers"),
  blocked: () => invalid("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments."),
  codeDeployForce: () =>
    invalid(
      "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. " +
        "Use AWS CodeDeploy to trigger a new deployment.",
    ),
  codeDeployChange: (what: string) =>
    invalid(
      `Unable to update ${what} on services with a CODE_DEPLOY deployment controller. ` +
        "Use AWS CodeDeploy to trigger a new deployment.",
    ),
  badToken: () => invalid("Invalid token."),
} as const;
