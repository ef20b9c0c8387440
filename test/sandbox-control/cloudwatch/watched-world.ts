import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer, Input } from "../../../sandbox/model/service-api";
import { type CloudWatch, type CloudWatchOptions, createCloudWatch } from "../../../sandbox/cloudwatch/cloudwatch";
import type { ClusterLoad, ServiceLoad } from "../../../sandbox/cloudwatch/sources";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

export const caller = { account: "111122223333", region: "eu-central-1", accessKeyId: "SANDBOX111122223333" };
export const topic = "arn:aws:sns:eu-central-1:111122223333:alerts";
export const policy =
  "arn:aws:autoscaling:eu-central-1:111122223333:scalingPolicy:1:resource/ecs/service/c/s:policyName/p";

/** CloudWatch on fakes; the clock starts five seconds past noon of 1 January 2026, so minutes end after evaluations. */
export class WatchedWorld {
  readonly clock = new FakeSandboxClock("2026-01-01T12:00:05Z");
  readonly logged: string[] = [];
  readonly sns: Input[] = [];
  clusters: readonly ClusterLoad[] = [];
  services: readonly ServiceLoad[] = [];
  databases: readonly object[] = [];
  queues: readonly object[] = [];
  readonly moto = new FakeMoto({
    "sns.Publish": (input) => {
      if (this.snsFault) throw this.snsFault;
      this.sns.push(input);
      return {};
    },
    "/slipway/databases": () => ({ Databases: this.databases }),
    "/slipway/queues": () => ({ Queues: this.queues }),
  });
  snsFault: AwsFault | undefined;
  readonly cloudWatch: CloudWatch;

  constructor(timings: CloudWatchOptions["timings"] = {}) {
    this.cloudWatch = createCloudWatch({
      clock: this.clock,
      moto: this.moto,
      sources: { clusters: () => this.clusters, services: () => this.services },
      log: (line) => void this.logged.push(line),
      timings,
    });
  }

  /** What an operation of CloudWatch answers. */
  async call(name: string, input: Input = {}, as = caller): Promise<Answer> {
    const operation = this.cloudWatch.api.operations[name];
    if (operation?.kind !== "own") throw new Error(`${name} is not answered here.`);
    return operation.answer(input, as);
  }

  /** The code of the fault that a call ends with, and its message. */
  async fault(name: string, input: Input = {}): Promise<string> {
    try {
      return `none: ${JSON.stringify(await this.call(name, input))}`;
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return `${error.code} ${error.status}: ${error.message}`;
    }
  }

  async minutes(count: number): Promise<void> {
    await this.clock.advance(count * 60_000);
  }

  /** Sends a value of the metric that `anAlarm` watches. */
  async send(value: number): Promise<void> {
    await this.call("PutMetricData", { Namespace: "Shop", MetricData: [{ MetricName: "Load", Value: value }] });
  }

  async state(name = "high"): Promise<unknown> {
    const { MetricAlarms, CompositeAlarms } = await this.call("DescribeAlarms", {
      AlarmNames: [name],
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    });
    return [...(MetricAlarms as Answer[]), ...(CompositeAlarms as Answer[])][0]?.["StateValue"];
  }

  /** Summaries, oldest first. */
  async history(name: string, type: "MetricAlarm" | "CompositeAlarm" = "MetricAlarm"): Promise<readonly unknown[]> {
    const answer = await this.call("DescribeAlarmHistory", {
      AlarmName: name,
      AlarmTypes: [type],
      ScanBy: "TimestampAscending",
    });
    return (answer["AlarmHistoryItems"] as Answer[]).map((item) => item["HistorySummary"]);
  }
}

/** Input of PutMetricAlarm: the load of the shop above 50, one minute. */
export const anAlarm = (changes: Input = {}): Input => ({
  AlarmName: "high",
  Namespace: "Shop",
  MetricName: "Load",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 50,
  ComparisonOperator: "GreaterThanThreshold",
  AlarmActions: [topic],
  OKActions: [topic],
  ...changes,
});
