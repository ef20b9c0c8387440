import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { StackConfig } from "../config/schema";
import type { Names } from "../naming";
import { planAlarms, releaseAlarmNames, type AlarmPlan, type Dimensions, type Watched } from "./plan";
import type { Metric } from "./rules";

type Input = pulumi.Input<string>;

export interface AlarmsArgs {
  readonly names: Names;
  /** Decides which alarms exist, together with what is watched. */
  readonly config: StackConfig["alarms"];
  readonly watched: readonly Watched<Input>[];
  /** Allocated size of the database, for limits that are a share of it. @default no database */
  readonly storageGb?: number | undefined;
  /** Declares, of all alarms, those that watch one of these services. @default all alarms */
  readonly only?: readonly string[] | undefined;
}

/**
 * One CloudWatch alarm for every configured rule and everything it applies to, and the topic they tell.
 *
 * **Cost**: $0.10 a month for each metric of an alarm.
 */
export class Alarms extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  readonly alarmNames: readonly string[];
  /** By service, the alarms that must be silent for its release to go on. */
  readonly releaseAlarmNames: Readonly<Record<string, readonly string[]>>;

  constructor(name: string, args: AlarmsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:alarms:Alarms", name, {}, opts);
    const { rules, email } = args.config;
    const plan = planAlarms({
      rules,
      watched: args.watched,
      prefix: args.names.alarmPrefix,
      storageGb: args.storageGb,
    });
    if (plan.kind === "refused") throw new pulumi.RunError(`slipway:alarms: ${plan.faults.join("\n")}`);

    const topic = new aws.sns.Topic(`${name}-topic`, { displayName: args.names.stack }, { parent: this });
    if (email !== undefined) {
      new aws.sns.TopicSubscription(
        `${name}-email`,
        { topic: topic.arn, protocol: "email", endpoint: email },
        { parent: this },
      );
    }
    const { only } = args;
    const declared = plan.alarms.filter(
      ({ services }) => only === undefined || services.some((service) => only.includes(service)),
    );
    for (const alarm of declared) {
      const { config, rule } = alarm;
      new aws.cloudwatch.MetricAlarm(
        `${name}-${alarm.key}`,
        {
          name: alarm.alarmName,
          alarmDescription: alarm.description,
          comparisonOperator: rule.comparison,
          threshold: alarm.threshold,
          evaluationPeriods: config.evaluationPeriods,
          ...(config.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: config.datapointsToAlarm }),
          treatMissingData: rule.missingData,
          alarmActions: [topic.arn],
          okActions: [topic.arn],
          ...measureArgs(alarm),
        },
        { parent: this },
      );
    }

    this.topicArn = topic.arn;
    this.alarmNames = plan.alarms.map(({ alarmName }) => alarmName);
    this.releaseAlarmNames = releaseAlarmNames(plan.alarms);
    this.registerOutputs({ topicArn: this.topicArn, alarmNames: this.alarmNames });
  }
}

/** A single metric, or queries: AWS takes one of the two. */
function measureArgs({ rule, config, dimensions }: AlarmPlan<Input>): Partial<aws.cloudwatch.MetricAlarmArgs> {
  const { measure } = rule;
  const [only = {}, ...further] = dimensions;
  const period = config.periodSeconds;
  if (measure.kind === "math") {
    const metrics = Object.entries(measure.metrics).map(([id, metric]) => queryOf(id, metric, only, period));
    return { metricQueries: [...metrics, resultOf(measure.expression, rule.measures)] };
  }
  if (further.length > 0) {
    const metrics = dimensions.map((each, index) => queryOf(`slot${index + 1}`, measure.metric, each, period));
    return { metricQueries: [...metrics, resultOf(metrics.map(({ id }) => id).join(" + "), rule.measures)] };
  }
  const { namespace, name, statistic } = measure.metric;
  return {
    namespace,
    metricName: name,
    dimensions: only,
    period,
    // Percentiles have a property of their own.
    ...(statistic === "p95" ? { extendedStatistic: statistic } : { statistic }),
  };
}

type Query = aws.types.input.cloudwatch.MetricAlarmMetricQuery & { readonly id: string };

function queryOf(id: string, metric: Metric, dimensions: Dimensions<Input>, period: number): Query {
  const { namespace, name, statistic } = metric;
  return { id, returnData: false, metric: { namespace, metricName: name, dimensions, period, stat: statistic } };
}

function resultOf(expression: string, label: string): Query {
  return { id: "result", returnData: true, expression, label };
}
