import type {
  CapacityProviderStrategyItem,
  DeploymentCircuitBreaker,
  DeploymentConfiguration,
  LaunchType,
  LoadBalancer,
  NetworkConfiguration,
  PropagateTags,
  SchedulingStrategy,
  Service,
  ServiceRegistry,
} from "@aws-sdk/client-ecs";
import type { Properties } from "../../handler";
import type { Tagged } from "../tags";
import { fromShifting, toShifting, type DeploymentConfigurationInput } from "./ecs-deployment-configuration";

/** Inputs of an ECS service in Pulumi's names. */
export interface ServiceInputs extends Tagged {
  readonly name: string;
  /** Name or ARN. */
  readonly cluster?: string;
  readonly taskDefinition?: string;
  readonly desiredCount?: number;
  readonly launchType?: LaunchType;
  readonly platformVersion?: string;
  readonly schedulingStrategy?: SchedulingStrategy;
  readonly capacityProviderStrategies?: readonly Partial<CapacityProviderStrategyItem>[];
  readonly networkConfiguration?: {
    readonly subnets: readonly string[];
    readonly securityGroups?: readonly string[];
    readonly assignPublicIp?: boolean;
  };
  readonly loadBalancers?: readonly {
    readonly targetGroupArn?: string;
    readonly containerName: string;
    readonly containerPort: number;
    readonly advancedConfiguration?: {
      readonly alternateTargetGroupArn: string;
      readonly productionListenerRule: string;
      readonly testListenerRule?: string;
      readonly roleArn: string;
    };
  }[];
  readonly serviceRegistries?: readonly ServiceRegistry[] | ServiceRegistry;
  readonly deploymentMaximumPercent?: number;
  readonly deploymentMinimumHealthyPercent?: number;
  readonly deploymentCircuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
  readonly deploymentConfiguration?: DeploymentConfigurationInput;
  readonly deploymentController?: { readonly type?: string };
  readonly alarms?: { readonly alarmNames: readonly string[]; readonly enable: boolean; readonly rollback: boolean };
  readonly healthCheckGracePeriodSeconds?: number;
  readonly enableExecuteCommand?: boolean;
  readonly enableEcsManagedTags?: boolean;
  readonly propagateTags?: PropagateTags;
  /** Seconds ECS waits for tasks to drain are not for us to know: `true` skips scaling to 0 before deletion. */
  readonly forceDelete?: boolean;
  readonly forceNewDeployment?: boolean;
  readonly waitForSteadyState?: boolean;
}

/** The part of CreateService that UpdateService takes as well. */
export function changeableSettings(inputs: ServiceInputs) {
  return {
    taskDefinition: inputs.taskDefinition,
    capacityProviderStrategy: inputs.capacityProviderStrategies?.map(({ capacityProvider, weight, base }) => ({
      capacityProvider,
      weight,
      base,
    })),
    deploymentConfiguration: deploymentConfiguration(inputs),
    networkConfiguration: networkConfiguration(inputs),
    platformVersion: inputs.platformVersion,
    healthCheckGracePeriodSeconds: inputs.healthCheckGracePeriodSeconds,
    enableExecuteCommand: inputs.enableExecuteCommand,
    enableECSManagedTags: inputs.enableEcsManagedTags,
    propagateTags: inputs.propagateTags,
    loadBalancers: inputs.loadBalancers?.map((one): LoadBalancer => ({ ...one })),
    serviceRegistries: inputs.serviceRegistries && [inputs.serviceRegistries].flat(),
  };
}

/** A service of ECS in Pulumi's names. */
export function fromService(found: Service, known: Partial<ServiceInputs>): Properties {
  const network = found.networkConfiguration?.awsvpcConfiguration;
  const desired = found.desiredCount ?? 0;
  return {
    arn: found.serviceArn,
    name: found.serviceName,
    // Both may be given by name; ECS answers with ARNs.
    cluster: sameEnd(known.cluster, found.clusterArn),
    taskDefinition: sameEnd(known.taskDefinition, found.taskDefinition),
    desiredCount: desired,
    launchType: found.capacityProviderStrategy?.length ? known.launchType : found.launchType,
    platformVersion: found.platformVersion ?? known.platformVersion,
    schedulingStrategy: found.schedulingStrategy ?? known.schedulingStrategy,
    networkConfiguration: network && {
      subnets: network.subnets ?? [],
      securityGroups: network.securityGroups ?? [],
      assignPublicIp: network.assignPublicIp === "ENABLED",
    },
    loadBalancers: found.loadBalancers?.map(
      ({ targetGroupArn, containerName, containerPort, advancedConfiguration }) => ({
        targetGroupArn,
        containerName,
        containerPort,
        ...(advancedConfiguration ? { advancedConfiguration } : {}),
      }),
    ),
    ...ifTold(found, known),
  };
}

/** What ECS tells only of services that use it; an absent answer says nothing. */
function ifTold(found: Service, known: Partial<ServiceInputs>): Properties {
  const { deploymentConfiguration: deployment, capacityProviderStrategy } = found;
  const propagated = found.propagateTags === "NONE" ? undefined : found.propagateTags;
  return {
    healthCheckGracePeriodSeconds: found.healthCheckGracePeriodSeconds ?? known.healthCheckGracePeriodSeconds,
    enableExecuteCommand: found.enableExecuteCommand ?? known.enableExecuteCommand ?? false,
    enableEcsManagedTags: found.enableECSManagedTags ?? known.enableEcsManagedTags ?? false,
    propagateTags: propagated ?? known.propagateTags,
    ...(capacityProviderStrategy?.length ? { capacityProviderStrategies: capacityProviderStrategy } : {}),
    ...(deployment?.maximumPercent === undefined ? {} : { deploymentMaximumPercent: deployment.maximumPercent }),
    ...(deployment?.minimumHealthyPercent === undefined
      ? {}
      : { deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent }),
    ...(deployment?.deploymentCircuitBreaker
      ? { deploymentCircuitBreaker: circuitBreaker(deployment.deploymentCircuitBreaker) }
      : {}),
    ...shifting(deployment),
    ...(deployment?.alarms ? { alarms: deployment.alarms } : {}),
    deploymentController: found.deploymentController?.type
      ? { type: found.deploymentController.type }
      : known.deploymentController,
  };
}

function shifting(deployment: DeploymentConfiguration | undefined): Properties {
  const found = fromShifting(deployment);
  return found === undefined ? {} : { deploymentConfiguration: found };
}

/** Without the threshold: the provider's schema does not know it. */
const circuitBreaker = ({ enable = false, rollback = false }: Partial<DeploymentCircuitBreaker>) => ({
  enable,
  rollback,
});

/** `main` and `arn:...:cluster/main` are one cluster, `web:3` and `arn:...:task-definition/web:3` one revision. */
function sameEnd(known: string | undefined, arn: string | undefined): string | undefined {
  return known !== undefined && arn?.endsWith(`/${known}`) ? known : arn;
}

function deploymentConfiguration(inputs: ServiceInputs): DeploymentConfiguration {
  const { alarms, deploymentCircuitBreaker, deploymentConfiguration: shift } = inputs;
  return {
    ...(shift ? toShifting(shift) : {}),
    maximumPercent: inputs.deploymentMaximumPercent,
    minimumHealthyPercent: inputs.deploymentMinimumHealthyPercent,
    ...(deploymentCircuitBreaker ? { deploymentCircuitBreaker: { ...deploymentCircuitBreaker } } : {}),
    ...(alarms ? { alarms: { ...alarms, alarmNames: [...alarms.alarmNames] } } : {}),
  };
}

function networkConfiguration({ networkConfiguration: network }: ServiceInputs): NetworkConfiguration | undefined {
  return (
    network && {
      awsvpcConfiguration: {
        subnets: [...network.subnets],
        securityGroups: [...(network.securityGroups ?? [])],
        assignPublicIp: network.assignPublicIp ? "ENABLED" : "DISABLED",
      },
    }
  );
}
