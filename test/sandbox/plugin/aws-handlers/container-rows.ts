import {
  ECSClient,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UpdateClusterCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import type { Properties } from "../../../../sandbox/plugin/handler";
import { aSecurityGroup, aSubnet, aVpc } from "./network-rows";
import { aGroupInUse } from "./traffic-rows";
import type { HandlerRow, World } from "./row";

const ecs = (world: World): ECSClient => world.client(ECSClient);

/** Written as a program writes it: in its own order, without what ECS fills in. */
const containers = JSON.stringify([
  {
    name: "web",
    image: "nginx:1.27",
    portMappings: [{ containerPort: 8080 }],
    environment: [
      { name: "PORT", value: "8080" },
      { name: "MODE", value: "test" },
    ],
    secrets: [{ name: "KEY", valueFrom: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key" }],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/web", "awslogs-region": "eu-central-1" },
    },
  },
]);

const taskInputs: Properties = {
  family: "slipway-web",
  containerDefinitions: containers,
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  tags: { Service: "web" },
};

const aCluster = async (world: World): Promise<string> =>
  (await world.make("aws:ecs/cluster:Cluster", { name: "slipway-row" })).id;

const aService = async (world: World): Promise<Properties> => {
  const vpcId = await aVpc(world);
  const task = await world.make("aws:ecs/taskDefinition:TaskDefinition", taskInputs);
  return {
    name: "slipway-web",
    cluster: await aCluster(world),
    taskDefinition: task.outputs["arn"],
    desiredCount: 2,
    capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
    deploymentMaximumPercent: 200,
    deploymentMinimumHealthyPercent: 50,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    networkConfiguration: {
      subnets: [await aSubnet(world, vpcId, "c")],
      securityGroups: [await aSecurityGroup(world, vpcId)],
    },
    loadBalancers: [{ targetGroupArn: await aGroupInUse(world, vpcId), containerName: "web", containerPort: 8080 }],
    healthCheckGracePeriodSeconds: 60,
    enableExecuteCommand: false,
    enableEcsManagedTags: true,
    propagateTags: "TASK_DEFINITION",
    tags: { Service: "web" },
  };
};

const aScalingTarget = async (world: World): Promise<Properties> => {
  const service = await world.make("aws:ecs/service:Service", await aService(world));
  return {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: `service/slipway-row/${String(service.outputs["name"])}`,
    minCapacity: 1,
    maxCapacity: 4,
  };
};

const scaling = (world: World): ApplicationAutoScalingClient => world.client(ApplicationAutoScalingClient);

export const containerRows: readonly HandlerRow[] = [
  {
    type: "aws:ecs/cluster:Cluster",
    inputs: async () => ({
      name: "slipway-cluster",
      settings: [{ name: "containerInsights", value: "enabled" }],
      tags: { Name: "cluster" },
    }),
    change: { settings: [{ name: "containerInsights", value: "enhanced" }], tags: {} },
    drift: {
      by: ({ id }, world) =>
        ecs(world).send(
          new UpdateClusterCommand({ cluster: id, settings: [{ name: "containerInsights", value: "disabled" }] }),
        ),
      shows: { settings: [{ name: "containerInsights", value: "disabled" }] },
    },
    computed: { id: /^arn:aws:ecs:eu-central-1:\d{12}:cluster\/slipway-cluster$/, arn: /:cluster\/slipway-cluster$/ },
  },
  {
    type: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    inputs: async (world) => {
      await aCluster(world);
      return { clusterName: "slipway-row", capacityProviders: ["FARGATE_SPOT", "FARGATE"] };
    },
    change: { defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 100, base: 1 }] },
    drift: {
      by: ({ id }, world) =>
        ecs(world).send(
          new PutClusterCapacityProvidersCommand({
            cluster: id,
            capacityProviders: ["FARGATE"],
            defaultCapacityProviderStrategy: [],
          }),
        ),
      shows: { capacityProviders: ["FARGATE"], defaultCapacityProviderStrategies: [] },
    },
    computed: { id: /^slipway-row$/ },
  },
  {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    inputs: async () => ({ ...taskInputs, trackLatest: true }),
    change: { tags: { Service: "web", Version: "2" } },
    drift: {
      by: (_made, world) =>
        ecs(world).send(
          new RegisterTaskDefinitionCommand({
            family: "slipway-web",
            containerDefinitions: [{ name: "web", image: "nginx:1.28" }],
            cpu: "512",
            memory: "1024",
          }),
        ),
      shows: { cpu: "512", memory: "1024" },
    },
    computed: {
      id: /^slipway-web$/,
      arn: /:task-definition\/slipway-web:\d+$/,
      arnWithoutRevision: /:task-definition\/slipway-web$/,
      revision: /^\d+$/,
    },
    // The family's earlier revision is the latest again.
    staysAfterDeletion: true,
  },
  {
    type: "aws:ecs/service:Service",
    inputs: aService,
    change: { desiredCount: 3, deploymentMinimumHealthyPercent: 100, tags: { Service: "web", Tier: "front" } },
    drift: {
      by: async ({ id, outputs }, world) => {
        const cluster = String(outputs["cluster"]);
        await ecs(world).send(new UpdateServiceCommand({ service: id, cluster, desiredCount: 7 }));
        await ecs(world).send(new TagResourceCommand({ resourceArn: id, tags: [{ key: "Owner", value: "somebody" }] }));
      },
      shows: { desiredCount: 7, tags: { Service: "web", Tier: "front", Owner: "somebody" } },
    },
    computed: { id: /^arn:aws:ecs:eu-central-1:\d{12}:service\/slipway-row\/slipway-web$/, name: /^slipway-web$/ },
  },
  {
    type: "aws:appautoscaling/target:Target",
    inputs: aScalingTarget,
    change: { maxCapacity: 6 },
    drift: {
      by: ({ id }, world) =>
        scaling(world).send(
          new RegisterScalableTargetCommand({
            ServiceNamespace: "ecs",
            ScalableDimension: "ecs:service:DesiredCount",
            ResourceId: id,
            MinCapacity: 2,
            MaxCapacity: 10,
          }),
        ),
      shows: { minCapacity: 2, maxCapacity: 10 },
    },
    computed: { id: /^service\/slipway-row\/slipway-web$/, arn: /:scalable-target\// },
  },
  {
    type: "aws:appautoscaling/policy:Policy",
    inputs: async (world) => {
      const target = await world.make("aws:appautoscaling/target:Target", await aScalingTarget(world));
      const { serviceNamespace, scalableDimension, resourceId } = target.outputs;
      return {
        name: "cpu",
        policyType: "TargetTrackingScaling",
        serviceNamespace,
        scalableDimension,
        resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue: 60,
          predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        },
      };
    },
    change: {
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 70,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      },
    },
    drift: {
      by: ({ outputs }, world) =>
        scaling(world).send(
          new PutScalingPolicyCommand({
            PolicyName: "cpu",
            PolicyType: "TargetTrackingScaling",
            ServiceNamespace: "ecs",
            ScalableDimension: "ecs:service:DesiredCount",
            ResourceId: String(outputs["resourceId"]),
            TargetTrackingScalingPolicyConfiguration: {
              TargetValue: 20,
              PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
            },
          }),
        ),
      shows: {
        targetTrackingScalingPolicyConfiguration: {
          targetValue: 20,
          disableScaleIn: false,
          predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        },
      },
    },
    computed: { id: /^cpu$/, arn: /^arn:aws:autoscaling:/ },
  },
];
