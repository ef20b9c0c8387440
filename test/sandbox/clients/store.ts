import type { SandboxProject } from "../../_helpers/sandbox-project";
import type { Clients } from "./clients";

/** Everything that services of a small shop need, made with the AWS CLI alone. */
export interface Store {
  readonly targetGroup: string;
  /** Registers a task definition and gives `family:revision`. */
  define(family: string, tag: string): Promise<string>;
  /** Creates a service; behind the load balancer when it is the web. */
  serve(name: "web" | "worker", taskDefinition: string): Promise<void>;
}

export interface StoreOptions {
  readonly clients: Clients;
  readonly project: SandboxProject;
  readonly account: string;
  readonly region: string;
  readonly tags: readonly string[];
}

export async function openStore({ clients: { aws }, project, account, region, tags }: StoreOptions): Promise<Store> {
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;

  const images = async (): Promise<void> => {
    await aws("ecr", "create-repository", "--repository-name", "store");
    for (const tag of tags) await project.json("sandbox", "image", "push", `${registry}/store:${tag}`);
  };
  const network = async (): Promise<{ subnets: readonly string[]; targetGroup: string }> => {
    const { Vpc } = await aws<{ Vpc: { VpcId: string } }>("ec2", "create-vpc", "--cidr-block", "10.8.0.0/16");
    const vpc = ["--vpc-id", Vpc.VpcId];
    const subnet = async (zone: string, cidr: string): Promise<string> => {
      const place = ["--availability-zone", `${region}${zone}`, "--cidr-block", cidr];
      const made = await aws<{ Subnet: { SubnetId: string } }>("ec2", "create-subnet", ...vpc, ...place);
      return made.Subnet.SubnetId;
    };
    const subnets = await Promise.all([subnet("a", "10.8.0.0/24"), subnet("b", "10.8.1.0/24")]);
    const [loadBalancer, targetGroup] = await Promise.all([
      aws<readonly string[]>(
        ...["elbv2", "create-load-balancer", "--name", "store", "--subnets", ...subnets],
        ...["--query", "LoadBalancers[].LoadBalancerArn"],
      ),
      aws<readonly string[]>(
        ...["elbv2", "create-target-group", "--name", "store-web", ...vpc, "--target-type", "ip"],
        ...["--protocol", "HTTP", "--port", "80", "--health-check-path", "/health"],
        ...["--health-check-interval-seconds", "5", "--health-check-timeout-seconds", "4"],
        ...["--query", "TargetGroups[].TargetGroupArn"],
      ),
    ]);
    const group = targetGroup[0] ?? "";
    await Promise.all([
      aws(
        ...["elbv2", "modify-target-group-attributes", "--target-group-arn", group],
        ...["--attributes", "Key=deregistration_delay.timeout_seconds,Value=20"],
      ),
      aws(
        ...["elbv2", "create-listener", "--load-balancer-arn", loadBalancer[0] ?? "", "--protocol", "HTTP"],
        ...["--port", "80", "--default-actions", `Type=forward,TargetGroupArn=${group}`],
      ),
    ]);
    return { subnets, targetGroup: group };
  };
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };

  const [{ subnets, targetGroup }, role] = await Promise.all([
    network(),
    aws<string>(
      ...["iam", "create-role", "--role-name", "store", "--assume-role-policy-document", JSON.stringify(trust)],
      ...["--query", "Role.Arn"],
    ),
    images(),
    aws("logs", "create-log-group", "--log-group-name", "/ecs/store"),
    aws("ecs", "create-cluster", "--cluster-name", "store"),
  ]);

  return {
    targetGroup,
    async define(family, tag) {
      const container = {
        name: "app",
        image: `${registry}/store:${tag}`,
        essential: true,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/ecs/store", "awslogs-region": region, "awslogs-stream-prefix": family },
        },
      };
      const { taskDefinition } = await aws<{ taskDefinition: { family: string; revision: number } }>(
        ...["ecs", "register-task-definition", "--family", family, "--requires-compatibilities", "FARGATE"],
        ...["--network-mode", "awsvpc", "--cpu", "256", "--memory", "512", "--execution-role-arn", role],
        ...["--container-definitions", JSON.stringify([container])],
      );
      return `${taskDefinition.family}:${taskDefinition.revision}`;
    },
    async serve(name, taskDefinition) {
      const targets = ["--load-balancers", `targetGroupArn=${targetGroup},containerName=app,containerPort=8080`];
      await aws(
        ...["ecs", "create-service", "--cluster", "store", "--service-name", name, "--desired-count", "2"],
        ...["--task-definition", taskDefinition, "--launch-type", "FARGATE"],
        ...["--network-configuration", `awsvpcConfiguration={subnets=[${subnets.join(",")}]}`],
        ...(name === "web" ? targets : []),
      );
    },
  };
}
