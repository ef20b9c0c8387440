import type { Datum } from "../../model/metrics";
import type { ClusterLoad, ServiceLoad } from "../sources";

/**
 * AWS/ECS: one sample for each running task, so that SampleCount is the running count; a service without a running task
 * has no points at all ("Amazon ECS CloudWatch metrics" in the developer guide).
 */
export function useMetrics(services: readonly ServiceLoad[], at: Date): readonly Datum[] {
  return services.flatMap(({ account, region, clusterName, serviceName, use }) => {
    const metric = (name: string, values: readonly number[]): Datum => {
      const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
      return { account, region, namespace: "AWS/ECS", name, dimensions, values, unit: "Percent", at };
    };
    if (use.length === 0) return [];
    return [
      metric(
        "CPUUtilization",
        use.map(({ cpuPercent }) => cpuPercent),
      ),
      metric(
        "MemoryUtilization",
        use.map(({ memoryPercent }) => memoryPercent),
      ),
    ];
  });
}

/** ECS/ContainerInsights, of clusters that have it switched on ("Amazon ECS Container Insights metrics"). */
export function insightMetrics(
  clusters: readonly ClusterLoad[],
  services: readonly ServiceLoad[],
  at: Date,
): readonly Datum[] {
  return clusters
    .filter(({ hasContainerInsights }) => hasContainerInsights)
    .flatMap(({ account, region, clusterName, runningTasks }) => {
      const own = services.filter(
        (service) => service.clusterName === clusterName && service.account === account && service.region === region,
      );
      const count = (name: string, value: number, dimensions: Readonly<Record<string, string>>): Datum => {
        const namespace = "ECS/ContainerInsights";
        return { account, region, namespace, name, dimensions, values: [value], unit: "Count", at };
      };
      return [
        count("TaskCount", runningTasks, { ClusterName: clusterName }),
        count("ServiceCount", own.length, { ClusterName: clusterName }),
        ...own.flatMap(({ serviceName, running, pending, desired, deployments }) => {
          const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
          return [
            count("RunningTaskCount", running, dimensions),
            count("PendingTaskCount", pending, dimensions),
            count("DesiredTaskCount", desired, dimensions),
            count("DeploymentCount", deployments, dimensions),
            count("TaskSetCount", 0, dimensions),
          ];
        }),
      ];
    });
}
