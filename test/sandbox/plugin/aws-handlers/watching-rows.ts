import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import type { HandlerRow, World } from "./row";

const iam = (world: World): IAMClient => world.client(IAMClient);
const sns = (world: World): SNSClient => world.client(SNSClient);

const assumedBy = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });

/** Laid out over several lines, as people write them. */
const allowing = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }] }, null, 2);

const aRole = async (world: World): Promise<string> =>
  (
    await world.make("aws:iam/role:Role", {
      name: "slipway-row",
      assumeRolePolicy: assumedBy("ecs-tasks.amazonaws.com"),
      path: "/",
    })
  ).id;

const aTopic = async (world: World): Promise<string> =>
  (await world.make("aws:sns/topic:Topic", { name: "slipway-row" })).id;

const topicPolicy = (arn: unknown, action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: action,
        Resource: arn,
      },
    ],
  });

const managedPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

export const watchingRows: readonly HandlerRow[] = [
  {
    type: "aws:iam/role:Role",
    inputs: async () => ({
      name: "slipway-task",
      description: "Tasks",
      assumeRolePolicy: assumedBy("ecs-tasks.amazonaws.com"),
      managedPolicyArns: [managedPolicy],
      inlinePolicies: [{ name: "read", policy: allowing("s3:GetObject") }],
      tags: { Name: "task" },
    }),
    change: {
      description: "Renamed",
      maxSessionDuration: 7200,
      assumeRolePolicy: assumedBy("ec2.amazonaws.com"),
      inlinePolicies: [{ name: "write", policy: allowing("s3:PutObject") }],
      tags: { Name: "renamed" },
    },
    drift: {
      by: async (_made, world) => {
        const policy = { RoleName: "slipway-task", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
        await iam(world).send(
          new UpdateRoleCommand({ RoleName: "slipway-task", Description: "Elsewhere", MaxSessionDuration: 3600 }),
        );
        await iam(world).send(new AttachRolePolicyCommand(policy));
      },
      shows: {
        description: "Elsewhere",
        maxSessionDuration: 3600,
        managedPolicyArns: [managedPolicy, "arn:aws:iam::aws:policy/ReadOnlyAccess"],
      },
    },
    computed: {
      id: /^slipway-task$/,
      arn: /^arn:aws:iam::\d{12}:role\/slipway-task$/,
      uniqueId: /^AROA/,
      createDate: /Z$/,
    },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    inputs: async (world) => ({ name: "read", role: await aRole(world), policy: allowing("s3:GetObject") }),
    change: { policy: allowing("s3:PutObject") },
    drift: {
      by: (_made, world) =>
        iam(world).send(
          new PutRolePolicyCommand({ RoleName: "slipway-row", PolicyName: "read", PolicyDocument: allowing("s3:*") }),
        ),
      shows: { policy: allowing("s3:*") },
    },
    computed: { id: /^slipway-row:read$/ },
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: async (world) => ({ role: await aRole(world), policyArn: managedPolicy }),
    drift: {
      by: (_made, world) =>
        iam(world).send(new DetachRolePolicyCommand({ RoleName: "slipway-row", PolicyArn: managedPolicy })),
      shows: { policyArn: undefined },
    },
    computed: { id: /^slipway-row\/arn:aws:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/ },
  },
  {
    type: "aws:iam/policy:Policy",
    inputs: async () => ({
      name: "slipway-deploy",
      description: "Deploys",
      policy: allowing("ecs:UpdateService"),
      tags: { Name: "deploy" },
    }),
    change: { policy: allowing("ecs:*"), tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) =>
        iam(world).send(
          new CreatePolicyVersionCommand({ PolicyArn: id, PolicyDocument: allowing("*"), SetAsDefault: true }),
        ),
      shows: { policy: allowing("*") },
    },
    computed: { id: /^arn:aws:iam::\d{12}:policy\/slipway-deploy$/, policyId: /^A/ },
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: async () => ({ name: "/ecs/slipway/web", retentionInDays: 30, tags: { Service: "web" } }),
    change: { retentionInDays: 90, tags: { Service: "web", Tier: "front" } },
    drift: {
      by: ({ id }, world) =>
        world
          .client(CloudWatchLogsClient)
          .send(new PutRetentionPolicyCommand({ logGroupName: id, retentionInDays: 1 })),
      shows: { retentionInDays: 1 },
    },
    computed: { id: /^\/ecs\/slipway\/web$/, arn: /:log-group:\/ecs\/slipway\/web$/ },
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: async () => ({
      name: "slipway-error-rate",
      alarmDescription: "Errors",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: 5,
      treatMissingData: "notBreaching",
      alarmActions: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
      okActions: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
      metricQueries: [
        { id: "rate", expression: "100 * errors / requests", label: "Error rate", returnData: true },
        {
          id: "errors",
          metric: {
            namespace: "AWS/ApplicationELB",
            metricName: "HTTPCode_Target_5XX_Count",
            period: 60,
            stat: "Sum",
            dimensions: { LoadBalancer: "app/web/1" },
          },
        },
        {
          id: "requests",
          metric: {
            namespace: "AWS/ApplicationELB",
            metricName: "RequestCount",
            period: 60,
            stat: "Sum",
            dimensions: { LoadBalancer: "app/web/1" },
          },
        },
      ],
      tags: { Severity: "P1" },
    }),
    change: { threshold: 10, tags: { Severity: "P0" } },
    drift: {
      by: (_made, world) =>
        world.client(CloudWatchClient).send(
          new PutMetricAlarmCommand({
            AlarmName: "slipway-error-rate",
            ComparisonOperator: "GreaterThanThreshold",
            EvaluationPeriods: 5,
            Threshold: 99,
            Namespace: "AWS/ApplicationELB",
            MetricName: "RequestCount",
            Period: 60,
            Statistic: "Sum",
            ActionsEnabled: false,
          }),
        ),
      shows: { threshold: 99, actionsEnabled: false, metricName: "RequestCount", metricQueries: undefined },
    },
    computed: { id: /^slipway-error-rate$/, arn: /:alarm:slipway-error-rate$/ },
  },
  {
    type: "aws:sns/topic:Topic",
    inputs: async () => ({ name: "slipway-alarms", displayName: "Alarms", tags: { Name: "alarms" } }),
    change: { displayName: "Renamed", tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) =>
        sns(world).send(
          new SetTopicAttributesCommand({ TopicArn: id, AttributeName: "DisplayName", AttributeValue: "Elsewhere" }),
        ),
      shows: { displayName: "Elsewhere" },
    },
    computed: { id: /^arn:aws:sns:eu-central-1:\d{12}:slipway-alarms$/, owner: /^\d{12}$/ },
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    inputs: async (world) => {
      const arn = await aTopic(world);
      return { arn, policy: topicPolicy(arn, "SNS:Publish") };
    },
    change: { policy: topicPolicy("*", "SNS:Publish") },
    drift: {
      by: ({ id }, world) =>
        sns(world).send(
          new SetTopicAttributesCommand({
            TopicArn: id,
            AttributeName: "Policy",
            AttributeValue: topicPolicy(id, "SNS:Subscribe"),
          }),
        ),
      get shows() {
        return { policy: topicPolicy("arn:aws:sns:eu-central-1:123456789012:slipway-row", "SNS:Subscribe") };
      },
    },
    computed: { id: /:slipway-row$/ },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    inputs: async (world) => ({ topic: await aTopic(world), protocol: "email", endpoint: "alarms@example.com" }),
    change: { filterPolicy: JSON.stringify({ severity: ["P0"] }) },
    drift: {
      by: ({ id }, world) =>
        sns(world).send(
          new SetSubscriptionAttributesCommand({
            SubscriptionArn: id,
            AttributeName: "RawMessageDelivery",
            AttributeValue: "true",
          }),
        ),
      shows: { rawMessageDelivery: true },
    },
    computed: { id: /:slipway-row:[0-9a-f-]+$/, ownerId: /^\d{12}$/ },
  },
];
