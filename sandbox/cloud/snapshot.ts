import type { EcsService } from "../ecs/model";
import type { RuleSnapshot, Snapshot, TaskSnapshot } from "../model/snapshot";
import type { ListenerPort, Targets } from "../model/targets";

type TaskTargets = TaskSnapshot["targets"];

/** State of each address in every target group that a service names, by address. */
export function targetsByAddress(
  services: readonly Pick<EcsService, "deployments">[],
  targets: Pick<Targets, "group" | "health">,
): ReadonlyMap<string, TaskTargets> {
  const byAddress = new Map<string, TaskTargets>();
  for (const arn of groupsOf(services)) {
    if (!targets.group(arn)) continue;
    const group = nameOf(arn);
    for (const { id, state, reason } of targets.health(arn)) {
      const one = { group, state, ...(reason === undefined ? {} : { reason }) };
      byAddress.set(id, [...(byAddress.get(id) ?? []), one]);
    }
  }
  return byAddress;
}

/** Both groups of a service that shifts. */
function groupsOf(services: readonly Pick<EcsService, "deployments">[]): ReadonlySet<string> {
  const balancers = services.flatMap(({ deployments }) =>
    deployments.flatMap(({ revision }) => revision.loadBalancers),
  );
  return new Set(
    balancers.flatMap(({ targetGroupArn, advancedConfiguration }) =>
      advancedConfiguration ? [targetGroupArn, advancedConfiguration.alternateTargetGroupArn] : [targetGroupArn],
    ),
  );
}

/** `arn:...:targetgroup/<name>/<id>` */
const nameOf = (arn: string): string => arn.split("/").at(-2) ?? arn;

/** The tasks, each with what the load balancers think of it. */
export const withTargets = (
  tasks: readonly TaskSnapshot[],
  byAddress: ReadonlyMap<string, TaskTargets>,
): Snapshot["tasks"] =>
  tasks.map((task) => ({ ...task, targets: (task.address && byAddress.get(task.address)) || task.targets }));

/**
 * Whether Route 53 takes an alias' load balancer for healthy: each target group with targets has a healthy one, and
 * there is one with targets ("Values specific for weighted alias records"). True for a name that is nobody's.
 */
export function isBalancerHealthy(
  dnsName: string,
  ports: readonly ListenerPort[],
  rules: readonly RuleSnapshot[],
): boolean {
  const own = new Set(ports.filter((one) => one.dnsName === dnsName).map(({ address }) => address));
  if (own.size === 0) return true;
  const groups = rules.filter(({ address }) => own.has(address)).flatMap(({ weights }) => weights);
  const used = groups.filter(({ registered }) => registered > 0);
  return used.length > 0 && used.every(({ healthy }) => healthy > 0);
}
