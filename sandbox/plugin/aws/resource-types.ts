import type { Handler } from "../handler";
import { lazily } from "./lazily";

/** All resource types that the stand-in for the AWS provider can make. A new type is one handler and its line here. */
export const resourceTypes = {
  "aws:ec2/vpc:Vpc": lazily(async () => (await import("./handlers/vpc")).vpc),
  "aws:ec2/subnet:Subnet": lazily(async () => (await import("./handlers/subnet")).subnet),
  "aws:ec2/internetGateway:InternetGateway": lazily(
    async () => (await import("./handlers/internet-gateway")).internetGateway,
  ),
  "aws:ec2/natGateway:NatGateway": lazily(async () => (await import("./handlers/nat-gateway")).natGateway),
  "aws:ec2/eip:Eip": lazily(async () => (await import("./handlers/eip")).eip),
  "aws:ec2/routeTable:RouteTable": lazily(async () => (await import("./handlers/route-table")).routeTable),
  "aws:ec2/route:Route": lazily(async () => (await import("./handlers/route")).route),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": lazily(
    async () => (await import("./handlers/route-table-association")).routeTableAssociation,
  ),
  "aws:ec2/securityGroup:SecurityGroup": lazily(async () => (await import("./handlers/security-group")).securityGroup),
  "aws:ec2/flowLog:FlowLog": lazily(async () => (await import("./handlers/flow-log")).flowLog),
  "aws:ec2/vpcEndpoint:VpcEndpoint": lazily(async () => (await import("./handlers/vpc-endpoint")).vpcEndpoint),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": lazily(
    async () => (await import("./handlers/security-group-rule")).securityGroupIngressRule,
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": lazily(
    async () => (await import("./handlers/security-group-rule")).securityGroupEgressRule,
  ),
  "aws:ecs/cluster:Cluster": lazily(async () => (await import("./handlers/ecs-cluster")).ecsCluster),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": lazily(
    async () => (await import("./handlers/ecs-cluster-capacity-providers")).ecsClusterCapacityProviders,
  ),
  "aws:ecs/taskDefinition:TaskDefinition": lazily(
    async () => (await import("./handlers/ecs-task-definition")).ecsTaskDefinition,
  ),
  "aws:ecs/service:Service": lazily(async () => (await import("./handlers/ecs-service")).ecsService),
  "aws:lb/loadBalancer:LoadBalancer": lazily(async () => (await import("./handlers/load-balancer")).loadBalancer),
  "aws:lb/listener:Listener": lazily(async () => (await import("./handlers/listener")).listener),
  "aws:lb/listenerRule:ListenerRule": lazily(async () => (await import("./handlers/listener-rule")).listenerRule),
  "aws:lb/targetGroup:TargetGroup": lazily(async () => (await import("./handlers/target-group")).targetGroup),
  "aws:rds/instance:Instance": lazily(async () => (await import("./handlers/rds-instance")).rdsInstance),
  "aws:rds/subnetGroup:SubnetGroup": lazily(async () => (await import("./handlers/rds-subnet-group")).rdsSubnetGroup),
  "aws:rds/parameterGroup:ParameterGroup": lazily(
    async () => (await import("./handlers/rds-parameter-group")).rdsParameterGroup,
  ),
  "aws:route53/record:Record": lazily(async () => (await import("./handlers/route53-record")).route53Record),
  "aws:iam/role:Role": lazily(async () => (await import("./handlers/iam-role")).iamRole),
  "aws:iam/rolePolicy:RolePolicy": lazily(async () => (await import("./handlers/iam-role-policy")).iamRolePolicy),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": lazily(
    async () => (await import("./handlers/iam-role-policy-attachment")).iamRolePolicyAttachment,
  ),
  "aws:iam/policy:Policy": lazily(async () => (await import("./handlers/iam-policy")).iamPolicy),
  "aws:cloudwatch/logGroup:LogGroup": lazily(async () => (await import("./handlers/log-group")).logGroup),
  "aws:cloudwatch/metricAlarm:MetricAlarm": lazily(async () => (await import("./handlers/metric-alarm")).metricAlarm),
  "aws:sns/topic:Topic": lazily(async () => (await import("./handlers/sns-topic")).snsTopic),
  "aws:sns/topicPolicy:TopicPolicy": lazily(async () => (await import("./handlers/sns-topic-policy")).snsTopicPolicy),
  "aws:sns/topicSubscription:TopicSubscription": lazily(
    async () => (await import("./handlers/sns-topic-subscription")).snsTopicSubscription,
  ),
  "aws:secretsmanager/secret:Secret": lazily(async () => (await import("./handlers/secret")).secret),
  "aws:secretsmanager/secretVersion:SecretVersion": lazily(
    async () => (await import("./handlers/secret-version")).secretVersion,
  ),
  "aws:appautoscaling/target:Target": lazily(async () => (await import("./handlers/scaling-target")).scalingTarget),
  "aws:appautoscaling/policy:Policy": lazily(async () => (await import("./handlers/scaling-policy")).scalingPolicy),
  "aws:s3/bucket:Bucket": lazily(async () => (await import("./handlers/s3-bucket")).s3Bucket),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": lazily(
    async () => (await import("./handlers/s3-bucket-public-access-block")).s3BucketPublicAccessBlock,
  ),
  "aws:s3/bucketPolicy:BucketPolicy": lazily(async () => (await import("./handlers/s3-bucket-policy")).s3BucketPolicy),
} as const satisfies Readonly<Record<string, Handler>>;
