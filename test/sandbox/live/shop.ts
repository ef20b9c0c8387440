import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import type { LiveCloud } from "./live-cloud";

/** A service behind a load balancer, made by nothing but calls of AWS. */
export interface Shop {
  /** Of cluster, service, task definition family, repository, and of log group /ecs/<name>. */
  readonly name: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly loadBalancerArn: string;
  readonly listenerArn: string;
  readonly targetGroupArn: string;
  readonly repository: string;
  /** Registers a task definition with this tag and gives its ARN. */
  define(tag: string, more?: Partial<RegisterTaskDefinitionCommandInput>): Promise<string>;
  /** Creates the service with it. */
  serve(taskDefinition: string, more?: Partial<CreateServiceCommandInput>): Promise<void>;
  /** `http://127.0.0.1:<port>` of its listener. */
  address(): Promise<string>;
}

/**
 * Everything but the service: network, load balancer, cluster, log group, role, repository with the given tags.
 *
 * @param name of everything; the service's, too, so that it tells itself from those of other tests
 */
export async function openShop(cloud: LiveCloud, name: string, tags: readonly string[]): Promise<Shop> {
  const { ecs, elb, ec2, iam, logs, account, region } = cloud;
  const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
  const subnets = await Promise.all(
    ["a", "b"].map(async (zone, index) => {
      const made = await ec2.send(
        new CreateSubnetCommand({
          VpcId: vpc,
          CidrBlock: `10.9.${index}.0/24`,
          AvailabilityZone: `${region}${zone}`,
        }),
      );
      return made.Subnet?.SubnetId ?? "";
    }),
  );
  const balancer = await elb.send(new CreateLoadBalancerCommand({ Name: name, Subnets: subnets }));
  const loadBalancerArn = balancer.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
  const targetGroupArn = await targetGroup(cloud, name, vpc);
  const listener = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
    }),
  );
  await ecs.send(new CreateClusterCommand({ clusterName: name }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: `/ecs/${name}` }));
  const role = await iam.send(
    new CreateRoleCommand({ RoleName: `${name}-execution`, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  for (const tag of tags)
    await cloud.control("POST", "image", { account, region, repository: name, tag, create: true });
  const image = `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
  return {
    name,
    vpc,
    subnets,
    loadBalancerArn,
    listenerArn: listener.Listeners?.[0]?.ListenerArn ?? "",
    targetGroupArn,
    repository: image,
    async define(tag, more = {}) {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: name,
          requiresCompatibilities: ["FARGATE"],
          networkMode: "awsvpc",
          cpu: "256",
          memory: "512",
          executionRoleArn: role.Role?.Arn,
          containerDefinitions: [
            {
              name: "web",
              image: `${image}:${tag}`,
              essential: true,
              portMappings: [{ containerPort: 8080 }],
              logConfiguration: {
                logDriver: "awslogs",
                options: { "awslogs-group": `/ecs/${name}`, "awslogs-region": region, "awslogs-stream-prefix": "web" },
              },
            },
          ],
          ...more,
        }),
      );
      return taskDefinition?.taskDefinitionArn ?? "";
    },
    async serve(taskDefinition, more = {}) {
      await ecs.send(
        new CreateServiceCommand({
          cluster: name,
          serviceName: name,
          taskDefinition,
          desiredCount: 3,
          launchType: "FARGATE",
          networkConfiguration: { awsvpcConfiguration: { subnets } },
          loadBalancers: [{ targetGroupArn, containerName: "web", containerPort: 8080 }],
          deploymentConfiguration: {
            maximumPercent: 200,
            minimumHealthyPercent: 100,
            deploymentCircuitBreaker: { enable: true, rollback: true },
          },
          ...more,
        }),
      );
    },
    async address() {
      const { ports } = (await cloud.control("GET", "ports")) as {
        ports: readonly { account: string; loadBalancer: string; port: number; address: string }[];
      };
      return ports.find((one) => one.account === account && one.port === 80)?.address ?? "";
    },
  };
}

/** A group of IP targets that is checked every 5 seconds at /health. */
export async function targetGroup({ elb }: LiveCloud, name: string, vpc: string): Promise<string> {
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      VpcId: vpc,
      Protocol: "HTTP",
      Port: 80,
      TargetType: "ip",
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 4,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? "";
}

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
