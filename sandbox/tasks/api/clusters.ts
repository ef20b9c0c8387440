import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import type { TaskStore } from "../store";

/** ARN of a cluster that is there, by name or ARN; `default` when none is named. @throws AwsFault */
export async function clusterArn(moto: Moto, scope: Scope, named: string | undefined): Promise<string> {
  const input = { clusters: [named ?? "default"] };
  const place = { account: scope.account, region: scope.region };
  const { clusters } = await moto.call(place, "ecs", "AmazonEC2ContainerServiceV20141113.DescribeClusters", input);
  const found = (clusters as readonly { clusterArn?: string; status?: string }[] | undefined)?.[0];
  if (!found?.clusterArn) throw new AwsFault("ClusterNotFoundException", "Cluster not found.");
  if (found.status === "INACTIVE") {
    throw new AwsFault("ClusterNotFoundException", "The referenced cluster was inactive.");
  }
  return found.clusterArn;
}

/** The same for calls that only read: a cluster that has tasks is there, and need not be asked for. @throws AwsFault */
export async function clusterToRead(
  moto: Moto,
  store: TaskStore,
  scope: Scope,
  named: string | undefined,
): Promise<string> {
  const name = named ?? "default";
  const arn = name.startsWith("arn:") ? name : `arn:aws:ecs:${scope.region}:${scope.account}:cluster/${name}`;
  if (store.in(scope).some(({ run }) => run.state.order.clusterArn === arn)) return arn;
  return clusterArn(moto, scope, named);
}
