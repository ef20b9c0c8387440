import { DescribeAlarmHistoryCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "noticed";
const version = "v1-fault.database-unreachable";

describe("what a task logs in the sandbox", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000032");
  });

  /** There is no client of SQS here; its protocol is plain JSON. */
  const queues = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(endpoint ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=SANDBOX${cloud.account}/20260101/${cloud.region}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    return (await answer.json()) as Record<string, unknown>;
  };

  it("is counted by a metric filter, whose alarm writes to a topic, which comes out of a queue", async () => {
    const { account, region } = cloud;
    const sns = new SNSClient({
      endpoint: endpoint ?? "",
      region,
      credentials: { accessKeyId: `SANDBOX${account}`, secretAccessKey: "x" },
    });
    const shop = await openShop(cloud, name, [version]);
    const { QueueUrl } = await queues("CreateQueue", { QueueName: name });
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name }));
    const Endpoint = `arn:aws:sqs:${region}:${account}:${name}`;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    await cloud.logs.send(
      new PutMetricFilterCommand({
        logGroupName: `/ecs/${name}`,
        filterName: "timeouts",
        filterPattern: "ETIMEDOUT",
        metricTransformations: [{ metricName: "Timeouts", metricNamespace: "Shop", metricValue: "1" }],
      }),
    );
    await cloud.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: "timeouts",
        Namespace: "Shop",
        MetricName: "Timeouts",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
        AlarmActions: [TopicArn],
      }),
    );
    await shop.serve(await shop.define(version), { desiredCount: 1 });
    await cloud.until("the alarm", ({ alarms }) =>
      alarms.some((one) => one.name === "timeouts" && one.state === "ALARM"),
    );

    const { Messages = [] } = (await queues("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 10 })) as {
      Messages?: readonly { readonly Body: string }[];
    };
    const outer = JSON.parse(Messages[0]?.Body ?? "{}") as Record<string, string>;
    const { Trigger, ...told } = JSON.parse(outer["Message"] ?? "{}") as Record<string, unknown>;
    expect([outer["Type"], outer["TopicArn"], outer["Subject"]]).to.deep.equal([
      "Notification",
      TopicArn,
      'ALARM: "timeouts" in EU (Frankfurt)',
    ]);
    expect([told["AlarmName"], told["NewStateValue"], told["Region"], told["AWSAccountId"]]).to.deep.equal([
      "timeouts",
      "ALARM",
      "EU (Frankfurt)",
      account,
    ]);
    expect(Trigger).to.include({ MetricName: "Timeouts", Namespace: "Shop", Statistic: "SUM", Threshold: 0 });
    const { AlarmHistoryItems = [] } = await cloud.cloudWatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: "timeouts", HistoryItemType: "Action" }),
    );
    expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).to.include(
      `Successfully executed action ${TopicArn}`,
    );
  });
});
