import type { Scope } from "../model/scope";

/** A cluster, as its metrics need it. */
export interface ClusterLoad extends Scope {
  readonly clusterName: string;
  /** Its setting `containerInsights` is `enabled` or `enhanced`: without it there is no ECS/ContainerInsights. */
  readonly hasContainerInsights: boolean;
  /** Running tasks, those of no service included. */
  readonly runningTasks: number;
}

/** A service, as its metrics need it. */
export interface ServiceLoad extends Scope {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** How many it tells: PRIMARY, ACTIVE, ... */
  readonly deployments: number;
  /** Use of each running task, in percent of what its definition reserves; `TaskView.use`. */
  readonly use: readonly { readonly cpuPercent: number; readonly memoryPercent: number }[];
}

/** What is measured every minute, by those who know it; asked once a minute of the sandbox's time. */
export interface Sources {
  clusters(): Promise<readonly ClusterLoad[]> | readonly ClusterLoad[];
  services(): Promise<readonly ServiceLoad[]> | readonly ServiceLoad[];
}
