import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import type { HandlerRow, World } from "./row";

const sns = (world: World): SNSClient => world.client(SNSClient);

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

export const watchingRows: readonly HandlerRow[] = [
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
