import { serviceIn } from "./model";

/** What a policy tracks, in the members of PutMetricAlarm. */
export type TrackedMetric = Readonly<Record<string, unknown>>;

/** As PutScalingPolicy has it. */
export interface MetricSpecification {
  readonly PredefinedMetricSpecification?:
    { readonly PredefinedMetricType: string; readonly ResourceLabel?: string | undefined } | undefined;
  readonly CustomizedMetricSpecification?:
    | {
        readonly MetricName?: string | undefined;
        readonly Namespace?: string | undefined;
        readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[] | undefined;
        readonly Statistic?: string | undefined;
        readonly Unit?: string | undefined;
        readonly Metrics?: readonly Readonly<Record<string, unknown>>[] | undefined;
      }
    | undefined;
}

/** The metric, or what is wrong with the specification. */
export type Tracked =
  { readonly kind: "metric"; readonly metric: TrackedMetric } | { readonly kind: "invalid"; readonly message: string };

/** Which metric the alarms of a policy look at; the predefined ones are those that ECS publishes every minute. */
export function trackedMetric(specification: MetricSpecification, resourceId: string): Tracked {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } = specification;
  if ((predefined === undefined) === (customized === undefined))
    return invalid("Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified.");
  if (predefined) return ofPredefined(predefined.PredefinedMetricType, predefined.ResourceLabel, resourceId);
  const { Metrics, MetricName, Namespace, Statistic, Dimensions, Unit } = customized ?? {};
  if (Metrics?.length) return { kind: "metric", metric: { Metrics: Metrics.map(asAlarmQuery) } };
  if (!MetricName || !Namespace || !Statistic)
    return invalid("MetricName, Namespace and Statistic are required in CustomizedMetricSpecification.");
  return { kind: "metric", metric: { MetricName, Namespace, Statistic, Dimensions, Unit, Period: 60 } };
}

const utilization: Readonly<Record<string, string>> = {
  ECSServiceAverageCPUUtilization: "CPUUtilization",
  ECSServiceAverageMemoryUtilization: "MemoryUtilization",
  // The sandbox measures every minute: these are as fine as the others.
  ECSServiceAverageCPUUtilizationHighResolution: "CPUUtilization",
  ECSServiceAverageMemoryUtilizationHighResolution: "MemoryUtilization",
};

function ofPredefined(type: string, label: string | undefined, resourceId: string): Tracked {
  if (type === "ALBRequestCountPerTarget") return ofRequests(label);
  const MetricName = utilization[type];
  if (MetricName === undefined) return invalid(`${type} is not a valid predefined metric type for ecs.`);
  if (label !== undefined) return invalid(`Resource label must not be specified for predefined metric type ${type}.`);
  const { cluster, service } = serviceIn(resourceId) ?? { cluster: "", service: "" };
  const Dimensions = [
    { Name: "ClusterName", Value: cluster },
    { Name: "ServiceName", Value: service },
  ];
  const metric = { MetricName, Namespace: "AWS/ECS", Statistic: "Average", Dimensions, Unit: "Percent", Period: 60 };
  return { kind: "metric", metric };
}

/** `app/<name>/<id>/targetgroup/<name>/<id>` */
function ofRequests(label: string | undefined): Tracked {
  const [, LoadBalancer, TargetGroup] = /^(app\/[^/]+\/[^/]+)\/(targetgroup\/[^/]+\/[^/]+)$/.exec(label ?? "") ?? [];
  if (LoadBalancer === undefined || TargetGroup === undefined) return invalid(`Invalid resource label: ${label}`);
  const Dimensions = Object.entries({ LoadBalancer, TargetGroup }).map(([Name, Value]) => ({ Name, Value }));
  const metric = { MetricName: "RequestCountPerTarget", Namespace: "AWS/ApplicationELB", Statistic: "Sum", Dimensions };
  return { kind: "metric", metric: { ...metric, Period: 60 } };
}

/** Target tracking has no periods of its own: the alarms have a minute. */
function asAlarmQuery(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const stat = query["MetricStat"];
  return typeof stat === "object" && stat !== null ? { ...query, MetricStat: { ...stat, Period: 60 } } : query;
}

const invalid = (message: string): Tracked => ({ kind: "invalid", message });
