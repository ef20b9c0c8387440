import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import type { SandboxProject } from "./sandbox-project";

/** What tests ask of the sandbox's AWS, in the name of one stack, by the real clients. */
export async function sandboxCloud(project: SandboxProject, stack: string) {
  const { environment } = await project.json("sandbox", "env", stack);
  const env = environment as Readonly<Record<string, string>>;
  const options = {
    region: env["AWS_REGION"] ?? "",
    endpoint: env["AWS_ENDPOINT_URL"] ?? "",
    credentials: { accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "", secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "" },
  };
  const ecs = new ECSClient(options);
  const ec2 = new EC2Client(options);
  const rds = new RDSClient(options);
  const logs = new CloudWatchLogsClient(options);
  const secrets = new SecretsManagerClient(options);
  const elb = new ElasticLoadBalancingV2Client(options);
  const names = <T>(list: readonly T[] | undefined, pick: (item: T) => string | undefined): string[] =>
    (list ?? []).map((item) => pick(item) ?? "").sort();

  /** A deleted cluster stays visible as INACTIVE for a while. */
  const activeClusters = async (): Promise<string[]> => {
    const { clusterArns } = await ecs.send(new ListClustersCommand({}));
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: clusterArns ?? [] }));
    return names(
      clusters?.filter(({ status }) => status === "ACTIVE"),
      ({ clusterArn }) => clusterArn,
    );
  };

  return {
    env,
    async service(cluster: string, name: string) {
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
      return services?.[0];
    },
    setDesiredCount: async (cluster: string, service: string, desiredCount: number) =>
      ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount })),
    makeLogGroup: async (logGroupName: string) => logs.send(new CreateLogGroupCommand({ logGroupName })),
    removeLogGroup: async (logGroupName: string) => logs.send(new DeleteLogGroupCommand({ logGroupName })),
    async secret(id: string): Promise<Readonly<Record<string, unknown>>> {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
      return JSON.parse(SecretString ?? "{}") as Record<string, unknown>;
    },
    snapshots: async () =>
      names(
        (await rds.send(new DescribeDBSnapshotsCommand({}))).DBSnapshots,
        ({ DBSnapshotIdentifier }) => DBSnapshotIdentifier,
      ),
    /** Everything that a destroyed environment must not leave, by kind; what every account has by itself is left out. */
    async leftovers(): Promise<Readonly<Record<string, readonly string[]>>> {
      const own = { Filters: [{ Name: "is-default", Values: ["false"] }] };
      const vpcs = names((await ec2.send(new DescribeVpcsCommand(own))).Vpcs, ({ VpcId }) => VpcId);
      const groups = (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups;
      const gateways = (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways;
      return {
        vpcs,
        securityGroups: names(
          groups?.filter(({ GroupName }) => GroupName !== "default"),
          ({ GroupId }) => GroupId,
        ),
        natGateways: names(
          gateways?.filter(({ State }) => State !== "deleted"),
          ({ NatGatewayId }) => NatGatewayId,
        ),
        vpcEndpoints: names(
          (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.filter(
            ({ State }) => State?.toLowerCase() !== "deleted",
          ),
          ({ VpcEndpointId }) => VpcEndpointId,
        ),
        clusters: await activeClusters(),
        loadBalancers: names(
          (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers,
          ({ LoadBalancerName }) => LoadBalancerName,
        ),
        targetGroups: names(
          (await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups,
          ({ TargetGroupName }) => TargetGroupName,
        ),
        databases: names(
          (await rds.send(new DescribeDBInstancesCommand({}))).DBInstances,
          ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
        ),
        logGroups: names(
          (await logs.send(new DescribeLogGroupsCommand({}))).logGroups,
          ({ logGroupName }) => logGroupName,
        ),
        secrets: names((await secrets.send(new ListSecretsCommand({}))).SecretList, ({ Name }) => Name),
        topics: names(
          (await new SNSClient(options).send(new ListTopicsCommand({}))).Topics,
          ({ TopicArn }) => TopicArn,
        ),
        alarms: names(
          (await new CloudWatchClient(options).send(new DescribeAlarmsCommand({}))).MetricAlarms,
          ({ AlarmName }) => AlarmName,
        ),
        roles: names((await new IAMClient(options).send(new ListRolesCommand({}))).Roles, ({ RoleName }) => RoleName),
      };
    },
  };
}

/** What is left of an environment after a destroy: nothing. */
export const nothingLeft: Readonly<Record<string, readonly string[]>> = {
  vpcs: [],
  securityGroups: [],
  natGateways: [],
  vpcEndpoints: [],
  clusters: [],
  loadBalancers: [],
  targetGroups: [],
  databases: [],
  logGroups: [],
  secrets: [],
  topics: [],
  alarms: [],
  roles: [],
};
