import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand, ECSClient, ListTasksCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import {
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer, Input, ServiceApi } from "../../../sandbox/model/service-api";
import { frontBefore, type TestFront } from "./front-before";

const at = new Date("2026-03-01T10:20:30.500Z");

/** One table for all: what an operation is asked, and what it answers. */
class Cloud {
  readonly asked: Record<string, Input> = {};
  answers: Record<string, () => Answer> = {};

  api(service: string, ...names: readonly string[]): ServiceApi {
    const operations = names.map((name) => [
      name,
      {
        kind: "own" as const,
        answer: (input: Input): Answer => {
          this.asked[name] = input;
          return this.answers[name]?.() ?? {};
        },
      },
    ]);
    return { service, reason: "", operations: Object.fromEntries(operations) as ServiceApi["operations"] };
  }
}

/** What a program sees of an error. */
const seen = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "no error",
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => [
      error.name,
      error.message,
      error.$metadata?.httpStatusCode,
    ],
  );

describe("the clients of the AWS SDK, at the front", () => {
  let front: TestFront;
  let cloud: Cloud;
  let options: TestFront["options"];

  beforeEach(async () => {
    cloud = new Cloud();
    const apis = [
      cloud.api("ecs", "DescribeServices", "UpdateService"),
      cloud.api("elasticloadbalancing", "DescribeTargetHealth", "ModifyRule"),
      cloud.api("monitoring", "DescribeAlarms", "GetMetricStatistics", "PutMetricData", "DeleteAlarms"),
      cloud.api("logs", "DescribeLogGroups", "PutLogEvents"),
      cloud.api("application-autoscaling", "DescribeScalableTargets"),
    ];
    front = await frontBefore(
      (_, response) => {
        response.writeHead(500, { "content-type": "text/html; charset=utf-8" }).end("<h1>Internal Server Error</h1>");
      },
      { apis },
    );
    ({ options } = front);
  });

  afterEach(async () => front.close());

  it("give ECS what was asked and read its dates, its numbers and its errors", async () => {
    const ecs = new ECSClient(options);
    cloud.answers["DescribeServices"] = () => ({
      services: [{ serviceName: "web", createdAt: at, desiredCount: 2, events: undefined }],
      failures: [],
    });
    cloud.answers["UpdateService"] = () => {
      throw new AwsFault("ServiceNotFoundException", "Service not found.");
    };
    const { services, failures } = await ecs.send(new DescribeServicesCommand({ cluster: "c", services: ["web"] }));

    expect({ services, failures }).to.deep.equal({
      services: [{ serviceName: "web", createdAt: at, desiredCount: 2 }],
      failures: [],
    });
    expect(cloud.asked["DescribeServices"]).to.deep.equal({ cluster: "c", services: ["web"] });
    expect(await seen(ecs.send(new UpdateServiceCommand({ service: "web" })))).to.deep.equal([
      "ServiceNotFoundException",
      "Service not found.",
      400,
    ]);
  });

  it("hear of an operation that nobody here knows that there is none", async () => {
    const ecs = await seen(new ECSClient(options).send(new ListTasksCommand({})));
    const elb = await seen(new ElasticLoadBalancingV2Client(options).send(new DescribeRulesCommand({})));

    expect([ecs, elb]).to.deep.equal([
      [
        "UnknownOperationException",
        "The sandbox's cloud does not know ecs:ListTasks, or failed at it (.slipway/sandbox/sandbox.log says more).",
        400,
      ],
      [
        "InvalidAction",
        "The sandbox's cloud does not know elasticloadbalancing:DescribeRules, or failed at it (.slipway/sandbox/sandbox.log says more).",
        400,
      ],
    ]);
  });

  it("give the load balancer nested lists, and read its lists, dates and errors", async () => {
    const elb = new ElasticLoadBalancingV2Client(options);
    cloud.answers["DescribeTargetHealth"] = () => ({
      TargetHealthDescriptions: [{ Target: { Id: "127.0.0.2", Port: 80 }, TargetHealth: { State: "healthy" } }],
    });
    const health = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: "arn" }));
    cloud.answers["ModifyRule"] = () => {
      throw new AwsFault("RuleNotFound", "One or more rules not found");
    };
    const error = await seen(
      elb.send(
        new ModifyRuleCommand({
          RuleArn: "arn",
          Actions: [
            {
              Type: "forward",
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: "a", Weight: 90 },
                  { TargetGroupArn: "b", Weight: 10 },
                ],
              },
            },
          ],
          Conditions: [],
        }),
      ),
    );

    expect(health.TargetHealthDescriptions).to.deep.equal([
      { Target: { Id: "127.0.0.2", Port: 80 }, TargetHealth: { State: "healthy" } },
    ]);
    expect(cloud.asked["ModifyRule"]).to.deep.equal({
      RuleArn: "arn",
      Actions: [
        {
          Type: "forward",
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: "a", Weight: "90" },
              { TargetGroupArn: "b", Weight: "10" },
            ],
          },
        },
      ],
      Conditions: "",
    });
    expect(error).to.deep.equal(["RuleNotFoundException", "One or more rules not found", 400]);
  });

  for (const [protocol, choice] of [
    ["JSON", {}],
    // Packed CBOR is sent with the length that it had before, so this client waits for ever for its own request.
    ["CBOR", { protocol: SmithyRpcV2CborProtocol, disableRequestCompression: true }],
  ] as const) {
    it(`give CloudWatch its data in ${protocol} and read its maps, its empty answers and its errors`, async () => {
      const cloudWatch = new CloudWatchClient({ ...options, ...choice });
      cloud.answers["GetMetricStatistics"] = () => ({
        Label: "m",
        Datapoints: [{ Timestamp: at, Sum: 2.5, ExtendedStatistics: new Map([["p99", 1.5]]) }],
      });
      const statistics = await cloudWatch.send(
        new GetMetricStatisticsCommand({ Namespace: "N", MetricName: "m", StartTime: at, EndTime: at, Period: 60 }),
      );
      const values = Array.from({ length: 5000 }, (_, index) => index);
      await cloudWatch.send(
        new PutMetricDataCommand({ Namespace: "N", MetricData: [{ MetricName: "m", Values: values, Timestamp: at }] }),
      );
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ["a"] }));
      cloud.answers["DescribeAlarms"] = () => {
        throw new AwsFault("InvalidNextToken", "no");
      };
      cloud.answers["DeleteAlarms"] = () => {
        throw new AwsFault("InvalidParameterValue", "what?");
      };

      expect(statistics.Datapoints).to.deep.equal([{ Timestamp: at, Sum: 2.5, ExtendedStatistics: { p99: 1.5 } }]);
      expect(cloud.asked["PutMetricData"]).to.deep.equal({
        Namespace: "N",
        MetricData: [{ MetricName: "m", Values: values, Timestamp: protocol === "CBOR" ? at : at.getTime() / 1000 }],
      });
      expect(cloud.asked["DeleteAlarms"]).to.deep.equal({ AlarmNames: ["a"] });
      expect([
        await seen(cloudWatch.send(new DescribeAlarmsCommand({}))),
        await seen(cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ["a"] }))),
      ]).to.deep.equal([
        ["InvalidNextToken", "no", 400],
        ["InvalidParameterValueException", "what?", 400],
      ]);
    });
  }

  it("speak with logs and scaling", async () => {
    cloud.answers["DescribeLogGroups"] = () => ({ logGroups: [{ logGroupName: "g", creationTime: 5 }] });
    cloud.answers["PutLogEvents"] = () => {
      throw new AwsFault("ResourceNotFoundException", "The specified log group does not exist.");
    };
    cloud.answers["DescribeScalableTargets"] = () => ({ ScalableTargets: [{ ResourceId: "r", CreationTime: at }] });
    const logs = new CloudWatchLogsClient(options);
    const scaling = new ApplicationAutoScalingClient(options);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }));

    expect({ logGroups, ScalableTargets }).to.deep.equal({
      logGroups: [{ logGroupName: "g", creationTime: 5 }],
      ScalableTargets: [{ ResourceId: "r", CreationTime: at }],
    });
    const put = new PutLogEventsCommand({ logGroupName: "g", logStreamName: "s", logEvents: [] });
    expect(await seen(logs.send(put))).to.deep.equal([
      "ResourceNotFoundException",
      "The specified log group does not exist.",
      400,
    ]);
  });
});
