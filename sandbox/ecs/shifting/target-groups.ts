import type { ShiftedListener } from "./model";

/** As the service has it; only one with `advancedConfiguration` shifts. */
export interface PairedLoadBalancer {
  readonly targetGroupArn: string;
  readonly advancedConfiguration?: {
    readonly alternateTargetGroupArn: string;
    readonly productionListenerRule: string;
    readonly testListenerRule?: string;
  };
}

/**
 * The groups that the tasks of a new revision go to, one for each load balancer: always the one of the pair that the serving
 * revision is not behind.
 *
 * @param serving groups of the revision that serves, in the same order; empty for the first deployment
 */
export function targetGroupsOfNext(loadBalancers: readonly PairedLoadBalancer[], serving: readonly string[]): string[] {
  return loadBalancers.map(({ targetGroupArn, advancedConfiguration: pair }) =>
    pair && serving.includes(targetGroupArn) ? pair.alternateTargetGroupArn : targetGroupArn,
  );
}

/** The rules to shift, when the new revision's tasks are in the groups `green` (see `targetGroupsOfNext`). */
export function shiftedListeners(
  loadBalancers: readonly PairedLoadBalancer[],
  green: readonly string[],
): ShiftedListener[] {
  return loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration: pair }, index) => {
    if (!pair) return [];
    const isAlternate = green[index] === pair.alternateTargetGroupArn;
    return {
      production: pair.productionListenerRule,
      ...(pair.testListenerRule === undefined ? {} : { test: pair.testListenerRule }),
      blue: isAlternate ? targetGroupArn : pair.alternateTargetGroupArn,
      green: isAlternate ? pair.alternateTargetGroupArn : targetGroupArn,
    };
  });
}
