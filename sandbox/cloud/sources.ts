import type { ClusterLoad, ServiceLoad, Sources } from "../cloudwatch/sources";
import type { EcsService, Services } from "../ecs/model";
import type { Moto } from "../model/moto";
import { scopeKey, scopeOf, type Scope } from "../model/scope";
import type { Tasks, TaskView } from "../model/tasks";

export interface SourceParts {
  readonly moto: Pick<Moto, "call">;
  readonly tasks: Pick<Tasks, "list">;
  readonly services: Pick<Services, "list">;
}

/** What CloudWatch measures of ECS each minute. */
export function ecsSources({ moto, tasks, services }: SourceParts): Sources {
  return {
    services: () => services.list().map((service) => loadOf(service, tasks.list(service, groupOf(service)))),
    // Without a service nothing is measured of a cluster, so its settings are not asked for either.
    clusters: async () => (await Promise.all(scopesOf(services.list()).map((scope) => clustersIn(scope)))).flat(),
  };

  async function clustersIn({ scope, arns }: Clusters): Promise<readonly ClusterLoad[]> {
    const target = "AmazonEC2ContainerServiceV20141113.DescribeClusters";
    const answer = (await moto.call(scope, "ecs", target, { clusters: arns, include: ["SETTINGS"] })) as ClustersAnswer;
    return (answer.clusters ?? []).map(({ clusterArn, clusterName, settings = [] }) => ({
      ...scope,
      clusterName,
      hasContainerInsights: settings.some(({ name, value }) => name === "containerInsights" && value !== "disabled"),
      runningTasks: tasks.list(scope, { clusterArn }).filter(isRunning).length,
    }));
  }
}

interface ClustersAnswer {
  readonly clusters?: readonly {
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly settings?: readonly { readonly name: string; readonly value: string }[];
  }[];
}

interface Clusters {
  readonly scope: Scope;
  readonly arns: readonly string[];
}

function scopesOf(services: readonly EcsService[]): readonly Clusters[] {
  const byScope = new Map<string, Set<string>>();
  for (const service of services) {
    const key = scopeKey(service);
    byScope.set(key, (byScope.get(key) ?? new Set()).add(service.clusterArn));
  }
  return [...byScope.values()].flatMap((arns) => {
    const scope = scopeOf([...arns][0] ?? "");
    return scope ? [{ scope, arns: [...arns] }] : [];
  });
}

const groupOf = ({ clusterArn, name }: EcsService) => ({ clusterArn, group: `service:${name}` });

const isRunning = ({ lastStatus }: TaskView): boolean => lastStatus === "RUNNING";

function loadOf(service: EcsService, tasks: readonly TaskView[]): ServiceLoad {
  const { account, region, clusterName, name, desiredCount, runningCount, pendingCount, deployments } = service;
  return {
    account,
    region,
    clusterName,
    serviceName: name,
    desired: desiredCount,
    running: runningCount,
    pending: pendingCount,
    deployments: deployments.length,
    use: tasks.filter(isRunning).map(({ use }) => use),
  };
}
